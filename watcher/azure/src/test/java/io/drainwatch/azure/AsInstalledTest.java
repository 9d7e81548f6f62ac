package io.drainwatch.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.drainwatch.watcher.Drainwatch;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureSettings;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A real process with the class path of the daemon, and the SDK in a directory beside it, as it is
 * installed; logged in by an {@code az} that is a script.
 */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class AsInstalledTest {
  private static final String TOKEN = "token-of-the-script";
  private static final String PASSWORD = "not-a-secret";
  private static final String METADATA_SERVICE = "AZURE_POD_IDENTITY_AUTHORITY_HOST";
  private static final Predicate<String> IS_OURS =
      entry ->
          entry.contains("msal4j")
              || (entry.contains("azure") && !entry.contains("drainwatch-watcher"));

  @TempDir Path home;
  private List<String> options = List.of();

  @BeforeEach
  void install() throws Exception {
    Path library = Files.createDirectories(home.resolve("azure"));
    for (String entry : entries()) {
      if (entry.endsWith(".jar") && IS_OURS.test(Path.of(entry).getFileName().toString())) {
        Files.copy(Path.of(entry), library.resolve(Path.of(entry).getFileName()));
      }
    }
    jar(ownClasses(), library.resolve("drainwatch-azure.jar"));
  }

  @Test
  void everythingThatIsNeededIsFoundThroughItsOwnClassLoader() throws Exception {
    az("echo '{\"accessToken\":\"" + TOKEN + "\",\"expiresOn\":\"2099-01-01 00:00:00.000000\"}'");

    Outcome outcome = run("cli");

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(6);
    assertThat(outcome.err())
        .startsWith("Listing the instances of scale set pool (resource group rg-1) failed: ")
        .contains("Look at network, DNS and proxy")
        .doesNotContain(TOKEN);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void saysThatNobodyIsLoggedIn() throws Exception {
    az("echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1");

    Outcome outcome = run("cli");

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(6);
    assertThat(outcome.err()).contains("Nobody is logged in for Azure").contains("az login");
  }

  @Test
  void saysThatThereIsNoWorkloadIdentity() throws Exception {
    Outcome outcome = run("workload-identity");

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(6);
    assertThat(outcome.err()).contains("There is no workload identity here", "--credential");
  }

  @Test
  void takesTheVmsIdentityBeforeWhoeverIsLoggedIn() throws Exception {
    loggedIn();
    try (Tokens tokens = Tokens.start()) {
      tokens.answer(Tokens.ofTheVm(), Tokens.token());

      assertThat(run("auto", Map.of(METADATA_SERVICE, tokens.address())).err())
          .contains("Look at network, DNS and proxy")
          .doesNotContain(Tokens.TOKEN);

      assertThat(tokens.server.getAllServeEvents()).hasSize(1);
      assertThat(home.resolve("asked")).as("az").doesNotExist();
    }
  }

  @Test
  void takesWhoeverIsLoggedInWhereTheVmHasNoIdentity() throws Exception {
    loggedIn();
    try (Tokens tokens = Tokens.start()) {
      tokens.answer(Tokens.ofTheVm(), Tokens.refusal(400, "invalid_request", "Identity not found"));

      assertThat(run("auto", Map.of(METADATA_SERVICE, tokens.address())).err())
          .contains("Look at network, DNS and proxy")
          .doesNotContain(TOKEN);

      assertThat(home.resolve("asked")).as("az").exists();
    }
  }

  @Test
  void doesNotWaitLongForAMetadataServiceThatIsNotThere() throws Exception {
    loggedIn();
    try (Tokens tokens = Tokens.start()) {
      tokens.answer(Tokens.ofTheVm(), Tokens.token().withFixedDelay(60_000));

      assertThat(run("auto", Map.of(METADATA_SERVICE, tokens.address())).err())
          .contains("Look at network, DNS and proxy");

      // from the question to who was asked instead: how long a JVM takes to start is no matter
      Instant asked =
          tokens.server.getAllServeEvents().getLast().getRequest().getLoggedDate().toInstant();
      Instant instead = Files.getLastModifiedTime(home.resolve("asked")).toInstant();
      assertThat(Duration.between(asked, instead)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void inAPodTheVmsIdentityIsTakenOnlyWhereThatIsSaid() throws Exception {
    try (Tokens tokens = Tokens.start()) {
      tokens.answer(Tokens.ofTheVm(), Tokens.token());
      Map<String, String> pod =
          Map.of(
              METADATA_SERVICE,
              tokens.address(),
              "AZURE_CLIENT_ID",
              Tokens.CLIENT,
              "AZURE_TENANT_ID",
              Tokens.TENANT,
              "AZURE_FEDERATED_TOKEN_FILE",
              Files.writeString(home.resolve("token"), "federated").toString(),
              "AZURE_AUTHORITY_HOST",
              "https://localhost:1/");

      assertThat(run("managed-identity", pod).err()).contains("Look at network, DNS and proxy");
      assertThat(tokens.server.getAllServeEvents()).hasSize(1);

      Outcome outcome = run("workload-identity", pod);
      assertThat(outcome.code()).as(outcome.err()).isEqualTo(6);
      assertThat(tokens.server.getAllServeEvents()).hasSize(1);
    }
  }

  @Test
  void whatRunsWithoutAPersonNeverAsksAz() throws Exception {
    loggedIn();
    try (Tokens tokens = Tokens.start()) {
      tokens.answer(Tokens.ofTheVm(), Tokens.refusal(400, "invalid_request", "Identity not found"));

      Outcome outcome =
          java(Map.of(METADATA_SERVICE, tokens.address()), Unattended.class.getName());

      assertThat(outcome.out()).as(outcome.err()).contains("NO_LOGIN");
      assertThat(tokens.server.getAllServeEvents()).isNotEmpty();
      assertThat(home.resolve("asked")).as("az").doesNotExist();
    }
  }

  @Test
  void doctorNamesEveryFaultOfABadScaleSetAndIsSilentAboutAGoodOne() throws Exception {
    loggedIn();
    Path keys = home.resolve("keys");
    WireMockServer server =
        new WireMockServer(
            options()
                .dynamicHttpsPort()
                .httpDisabled(true)
                .keystorePath(keysOfLocalhost(keys).toString())
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD));
    server.start();
    try {
      server.stubFor(Arm.get(Arm.SET).willReturn(Arm.ok(Shapes.BAD_SET)));
      server.stubFor(
          get(urlPathEqualTo(Arm.SET.path() + "/virtualMachines"))
              .willReturn(Arm.ok("{\"value\":[" + Shapes.instance("3", "running") + "]}")));
      server.stubFor(Arm.get(Arm.INSTANCE).willReturn(Arm.ok(Shapes.instance("3", "running"))));
      server.stubFor(
          get(urlPathMatching(".*/Microsoft.Authorization/permissions"))
              .willReturn(Arm.ok("{\"value\":[]}")));

      Outcome bad = doctor(server, keys);

      assertThat(bad.code()).as(bad.err()).isEqualTo(1);
      assertThat(bad.out())
          .contains(
              "terminate-notification",
              "automatic-approval",
              "all-instances-down",
              "os-disk",
              "os-upgrades",
              "identity",
              "roles");

      server.stubFor(Arm.get(Arm.SET).willReturn(Arm.ok(Shapes.GOOD_SET)));
      server.stubFor(
          get(urlPathMatching(".*/Microsoft.Authorization/permissions"))
              .willReturn(Arm.ok("{\"value\":[{\"actions\":[\"*\"],\"notActions\":[]}]}")));

      assertThat(doctor(server, keys)).isEqualTo(new Outcome(0, "", ""));
    } finally {
      server.stop();
    }
  }

  private Outcome doctor(WireMockServer server, Path keys) throws Exception {
    options =
        List.of(
            "-Djavax.net.ssl.trustStore=" + keys, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    return java(
        Map.of(),
        Drainwatch.class.getName(),
        "azure",
        "doctor",
        "--vmss",
        Arm.SET.path(),
        "--endpoint",
        "https://localhost:" + server.httpsPort(),
        "--credential",
        "cli");
  }

  private static Path keysOfLocalhost(Path file) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "localhost",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
    return file;
  }

  /** As the daemon asks. */
  static final class Unattended {
    private Unattended() {}

    public static void main(String[] arguments) {
      AzureSettings settings =
          AzureSettings.of(
              AzureSettings.Login.UNATTENDED, Optional.empty(), URI.create("https://localhost:1"));
      try (AzureResources azure = new SdkAccess().open(settings, InstantSource.system())) {
        System.out.println(azure.vm(Arm.VM));
      }
      System.exit(0);
    }
  }

  private void loggedIn() throws IOException {
    az(
        "touch \"${0%/*}/asked\"\n"
            + "echo '{\"accessToken\":\""
            + TOKEN
            + "\",\"expiresOn\":\"2099-01-01 00:00:00.000000\"}'");
  }

  record Outcome(int code, String out, String err) {}

  private Outcome run(String credential) throws Exception {
    return run(credential, Map.of());
  }

  private Outcome run(String credential, Map<String, String> environment) throws Exception {
    return java(
        environment,
        Drainwatch.class.getName(),
        "azure",
        "members",
        "--vmss",
        Arm.SET.path(),
        "--endpoint",
        "https://localhost:1",
        "--credential",
        credential);
  }

  private Outcome java(Map<String, String> environment, String... program) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                program[0].equals(Drainwatch.class.getName())
                    ? withoutOurs()
                    : String.join(File.pathSeparator, entries())));
    command.addAll(1, options);
    command.addAll(List.of(program));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(home.resolve("out").toFile())
            .redirectError(home.resolve("err").toFile());
    builder.environment().put("DRAINWATCH_HOME", home.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("AZURE_"));
    builder.environment().putAll(environment);
    builder.environment().merge("PATH", home.toString(), (path, own) -> own + ":" + path);
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Outcome(
        process.exitValue(),
        Files.readString(home.resolve("out")),
        Files.readString(home.resolve("err")));
  }

  private void az(String script) throws IOException {
    Path az = Files.writeString(home.resolve("az"), "#!/bin/sh\n" + script + "\n");
    assertThat(az.toFile().setExecutable(true)).isTrue();
  }

  private static List<String> entries() {
    return Arrays.asList(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
            .split(File.pathSeparator));
  }

  private static Path ownClasses() throws URISyntaxException {
    return classesOf(SdkAccess.class);
  }

  private static Path classesOf(Class<?> one) throws URISyntaxException {
    return Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String withoutOurs() throws URISyntaxException {
    Set<Path> notInstalled = Set.of(ownClasses(), classesOf(AsInstalledTest.class));
    return entries().stream()
        .filter(entry -> !notInstalled.contains(Path.of(entry)))
        .filter(entry -> !IS_OURS.test(Path.of(entry).getFileName().toString()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void jar(Path classes, Path jar) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(classes)) {
      all.filter(Files::isRegularFile).forEach(files::add);
    }
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Path file : files) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
  }
}
