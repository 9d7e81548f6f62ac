package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.azure.AzureSamples;
import io.drainwatch.watcher.azure.AzureSettings;
import io.drainwatch.watcher.azure.AzureSettings.Login;
import io.drainwatch.watcher.azure.PlayedAzure;
import io.drainwatch.watcher.configuration.AzureIdentitySettings;
import io.drainwatch.watcher.configuration.AzureIdentitySettings.Credential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As whom the commands and the daemon ask Azure. */
@Timeout(60)
class AzureLoginTest {
  private static final String ID = "00000000-0000-0000-0000-00000000000b";
  private static final String OTHER = "00000000-0000-0000-0000-00000000000c";

  @TempDir Path directory;
  private final List<AzureSettings> asked = new ArrayList<>();

  private Tool.Result members(String configuration, String... options) throws Exception {
    Path file =
        Files.writeString(directory.resolve("drainwatch.yml"), "drainwatch: " + configuration);
    PlayedAzure azure = new PlayedAzure().with(AzureSamples.goodSet());
    Tool tool =
        Tool.in(directory)
            .withAccess(
                (settings, clock) -> {
                  asked.add(settings);
                  return azure;
                });
    List<String> command =
        new ArrayList<>(
            List.of(
                "azure",
                "members",
                "--vmss",
                AzureSamples.SET.path(),
                "--config",
                file.toString()));
    command.addAll(List.of(options));
    return tool.run(command.toArray(String[]::new));
  }

  private void wasAskedAs(Login login, Optional<String> clientId) {
    assertThat(asked)
        .singleElement()
        .satisfies(
            settings -> {
              assertThat(settings.login()).isEqualTo(login);
              assertThat(settings.clientId()).isEqualTo(clientId);
            });
  }

  @Test
  void aCommandAsksAsWhoeverThereIs() throws Exception {
    assertThat(members("{}").code()).isZero();
    wasAskedAs(Login.AUTO, Optional.empty());
  }

  @Test
  void aCommandAsksAsTheConfigurationSays() throws Exception {
    members("{azure: {credential: managed-identity, client-id: " + ID + "}}");
    wasAskedAs(Login.MANAGED, Optional.of(ID));
  }

  @Test
  void anOptionCountsInsteadOfTheConfiguration() throws Exception {
    members(
        "{azure: {credential: managed-identity, client-id: " + ID + "}}", "--credential", "cli");
    wasAskedAs(Login.CLI, Optional.empty());
  }

  @Test
  void anotherClientIdLeavesTheCredential() throws Exception {
    members("{azure: {credential: workload-identity}}", "--client-id", OTHER);
    wasAskedAs(Login.WORKLOAD, Optional.of(OTHER));
  }

  @Test
  void allThatIsWrongWithTheOptionsIsSaidAtOnce() throws Exception {
    Tool.Result result =
        members("{}", "--credential", "cli", "--client-id", "me", "--endpoint", "http://localhost");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .contains("must be a client id", "goes with no --credential cli", "must be https");
    assertThat(asked).isEmpty();
  }

  @Test
  void saysWhichCredentialsThereAre() throws Exception {
    Tool.Result result = members("{}", "--credential", "password");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("auto, managed-identity, workload-identity and cli");
  }

  @Test
  void saysWhatIsWrongWithTheConfiguration() throws Exception {
    Tool.Result result = members("{azure: {credential: cli, client-id: me}}");

    assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.err()).contains("drainwatch.azure.client-id");
  }

  @ParameterizedTest
  @EnumSource(
      value = Credential.class,
      names = {"AUTO", "MANAGED_IDENTITY", "WORKLOAD_IDENTITY"})
  void theDaemonNeverAsksAsWhoIsLoggedIn(Credential credential) {
    Login login =
        AzureLogin.unattended(new AzureIdentitySettings(credential, Optional.empty())).login();

    assertThat(login).isNotIn(Login.AUTO, Login.CLI);
  }
}
