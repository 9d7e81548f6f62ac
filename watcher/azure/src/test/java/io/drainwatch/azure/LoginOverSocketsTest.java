package io.drainwatch.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureSettings;
import io.drainwatch.watcher.azure.AzureSettings.Login;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.Trouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Managed identity and workload identity, from who gives the token to the call that shows it. The
 * SDK logs all it has to say meanwhile, and the token is never in it.
 */
@Timeout(120)
@ResourceLock(Resources.SYSTEM_ERR)
class LoginOverSocketsTest {
  private static final String ASSERTION = "eyJ1-this-is-the-federated-token";
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Arm arm = Arm.anew();
  private final Tokens tokens = Tokens.start();
  private final PrintStream usual = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  @TempDir Path directory;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(log, true));
    arm.answer(
        Arm.get(Arm.VM).withHeader("Authorization", equalTo("Bearer " + Tokens.TOKEN)),
        Arm.ok(Shapes.BARE_VM));
  }

  @AfterEach
  void tokensAreNotLogged() {
    System.setErr(usual);
    arm.stop();
    tokens.close();
    assertThat(log.toString())
        .as("what the SDK logged")
        .isNotEmpty()
        .doesNotContain(Tokens.TOKEN)
        .doesNotContain(ASSERTION);
  }

  private AzureAnswer<AzureVm> ask(Login login, Optional<String> clientId, Duration limit) {
    return ask(login, clientId, limit, Configuration.NONE);
  }

  private AzureAnswer<AzureVm> ask(
      Login login, Optional<String> clientId, Duration limit, Configuration environment) {
    AzureSettings settings = arm.settings(login, clientId, limit, limit);
    try (AzureResources azure =
        arm.client(settings, Credentials.of(settings, tokens.http(settings), environment))) {
      return azure.vm(Arm.VM);
    }
  }

  private AzureAnswer<AzureVm> asTheVm() {
    return ask(Login.MANAGED, Optional.empty(), LONG);
  }

  private AzureAnswer<AzureVm> asThePod() {
    return ask(Login.WORKLOAD, Optional.empty(), LONG, pod());
  }

  /** What Azure's webhook sets in a pod. */
  private Configuration pod() {
    try {
      Path file = Files.writeString(directory.resolve("azure-identity-token"), ASSERTION);
      return new ConfigurationBuilder()
          .putProperty("AZURE_CLIENT_ID", Tokens.CLIENT)
          .putProperty("AZURE_TENANT_ID", Tokens.TENANT)
          .putProperty("AZURE_FEDERATED_TOKEN_FILE", file.toString())
          .putProperty("AZURE_AUTHORITY_HOST", tokens.authority())
          .build();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void once(MappingBuilder request, ResponseDefinitionBuilder first) {
    tokens.server.stubFor(
        request
            .inScenario("once")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(first)
            .willSetStateTo("then"));
  }

  private void then(MappingBuilder request) {
    tokens.server.stubFor(
        request.inScenario("once").whenScenarioStateIs("then").willReturn(Tokens.token()));
  }

  private int asked() {
    return tokens.server.getAllServeEvents().size();
  }

  @Test
  void asksTheMetadataServiceForTheTokenOfTheVm() {
    tokens.answer(
        Tokens.ofTheVm()
            .withHeader("Metadata", equalTo("true"))
            .withQueryParam("resource", containing(arm.endpoint().toString()))
            .withQueryParam("client_id", absent()),
        Tokens.token());

    assertThat(asTheVm().found()).isPresent();
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void namesTheUserAssignedIdentity() {
    tokens.answer(
        Tokens.ofTheVm().withQueryParam("client_id", equalTo(Tokens.CLIENT)), Tokens.token());

    assertThat(ask(Login.MANAGED, Optional.of(Tokens.CLIENT), LONG).found()).isPresent();
  }

  @Test
  void saysThatTheVmHasNoSuchIdentity() {
    tokens.answer(Tokens.ofTheVm(), Tokens.refusal(400, "invalid_request", "Identity not found"));

    Trouble trouble = asTheVm().problem().orElseThrow();

    assertThat(trouble.kind()).isEqualTo(Trouble.Kind.NO_LOGIN);
    assertThat(trouble.sentence())
        .contains("Identity not found", "--credential", "drainwatch.azure.credential");
    assertThat(asked()).as("not asked again").isEqualTo(1);
    assertThat(arm.requests()).isEmpty();
  }

  @Test
  void takesNoPersonForAnIdentityThatWasNamed() {
    tokens.answer(Tokens.ofTheVm(), Tokens.refusal(400, "invalid_request", "Identity not found"));

    Trouble trouble = ask(Login.AUTO, Optional.of(Tokens.CLIENT), LONG).problem().orElseThrow();

    assertThat(trouble.kind()).isEqualTo(Trouble.Kind.NO_LOGIN);
    assertThat(trouble.sentence()).contains("Identity not found").doesNotContain("CLI");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void asksTheMetadataServiceAgainAfter(int status) {
    once(Tokens.ofTheVm(), Tokens.refusal(status, "busy", "Later."));
    then(Tokens.ofTheVm());

    assertThat(asTheVm().found()).isPresent();
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void doesNotAskTheMetadataServiceForEver() {
    tokens.answer(Tokens.ofTheVm(), Tokens.refusal(503, "busy", "Later."));

    assertThat(
            within(
                    Duration.ofSeconds(15),
                    () -> ask(Login.MANAGED, Optional.empty(), Duration.ofSeconds(5)))
                .problem()
                .map(Trouble::isOfTheConnection))
        .contains(true);
    assertThat(asked()).isBetween(2, 5);
  }

  @Test
  void doesNotWaitForAMetadataServiceThatDoesNotAnswer() {
    tokens.answer(Tokens.ofTheVm(), Tokens.token().withFixedDelay(60_000));

    assertThat(
            within(
                    Duration.ofSeconds(15),
                    () -> ask(Login.MANAGED, Optional.empty(), Duration.ofSeconds(1)))
                .problem()
                .map(Trouble::isOfTheConnection))
        .contains(true);
  }

  @Test
  void givesThePodsFederatedTokenForOneOfAzure() {
    tokens.answer(
        Tokens.ofThePod()
            .withRequestBody(containing("client_assertion=" + ASSERTION))
            .withRequestBody(containing("client_id=" + Tokens.CLIENT))
            .withRequestBody(containing("grant_type=client_credentials")),
        Tokens.token());

    assertThat(asThePod().found()).isPresent();
    assertThat(asked()).as("nobody else, such as who knows of instances").isEqualTo(1);
  }

  @Test
  void aClientIdThatWasSaidGoesBeforeThePods() {
    String other = "00000000-0000-0000-0000-00000000000c";
    tokens.answer(
        Tokens.ofThePod().withRequestBody(containing("client_id=" + other)), Tokens.token());

    assertThat(ask(Login.WORKLOAD, Optional.of(other), LONG, pod()).found()).isPresent();
  }

  @Test
  void saysWhyThePodsTokenIsNotTaken() {
    tokens.answer(
        Tokens.ofThePod(),
        Tokens.refusal(401, "invalid_client", "AADSTS700213: No matching federated identity."));

    Trouble trouble = asThePod().problem().orElseThrow();

    assertThat(trouble.kind()).isEqualTo(Trouble.Kind.NO_LOGIN);
    assertThat(trouble.sentence()).contains("AADSTS700213");
    assertThat(asked()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void asksForThePodsTokenAgainAfter(int status) {
    once(
        Tokens.ofThePod(),
        Tokens.refusal(status, "temporarily_unavailable", "Later.").withHeader("Retry-After", "1"));
    then(Tokens.ofThePod());
    long begun = System.nanoTime();

    assertThat(asThePod().found()).isPresent();
    assertThat(asked()).isEqualTo(2);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void doesNotAskForThePodsTokenForEver() {
    tokens.answer(
        Tokens.ofThePod(),
        Tokens.refusal(503, "temporarily_unavailable", "Later.")
            .withHeader("retry-after-ms", "50"));

    Trouble trouble = within(Duration.ofSeconds(30), this::asThePod).problem().orElseThrow();

    assertThat(trouble.kind()).isEqualTo(Trouble.Kind.NO_LOGIN);
    assertThat(asked()).isEqualTo(4);
  }

  @Test
  void doesNotWaitForWhoGivesNoToken() {
    tokens.answer(Tokens.ofThePod(), Tokens.token().withChunkedDribbleDelay(200, 60_000));

    assertThat(
            within(
                    Duration.ofSeconds(15),
                    () -> ask(Login.WORKLOAD, Optional.empty(), Duration.ofSeconds(1), pod()))
                .problem()
                .map(Trouble::isOfTheConnection))
        .contains(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTO", "UNATTENDED"})
  void prefersThePodsIdentityToTheVms(Login login) {
    tokens.answer(Tokens.ofThePod(), Tokens.token());
    tokens.answer(Tokens.ofTheVm(), aResponse().withStatus(500));

    assertThat(ask(login, Optional.empty(), LONG, pod()).found()).isPresent();
    assertThat(asked()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTO", "UNATTENDED"})
  void takesTheVmsIdentityWhereThereIsNoPods(Login login) {
    tokens.answer(Tokens.ofTheVm(), Tokens.token());

    assertThat(ask(login, Optional.empty(), LONG).found()).isPresent();
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void takesTheVmsIdentityInAPodTooWhereThatWasSaid() {
    tokens.answer(Tokens.ofTheVm(), Tokens.token());
    tokens.answer(Tokens.ofThePod(), okJson("{}"));

    assertThat(ask(Login.MANAGED, Optional.empty(), LONG, pod()).found()).isPresent();
    assertThat(asked()).isEqualTo(1);
  }

  private static <T> T within(Duration limit, Supplier<T> question) {
    long begun = System.nanoTime();
    T answer = question.get();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(limit);
    return answer;
  }
}
