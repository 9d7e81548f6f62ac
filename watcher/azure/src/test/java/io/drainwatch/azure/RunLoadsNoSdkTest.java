package io.drainwatch.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.watcher.Drainwatch;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon loads no class of the Azure SDK, not even where its jars are on the class path, as
 * they are here and nowhere else; a command that asks Azure does, so the test can tell.
 */
@Timeout(120)
class RunLoadsNoSdkTest {
  private static final String SDK =
      "(?m)^.* (com\\.azure\\.|com\\.microsoft\\.aad\\.|io\\.drainwatch\\.azure\\.)";

  @TempDir Path directory;

  @Test
  void runLoadsNoClassOfTheSdk() throws Exception {
    try (Simulator simulator =
        Simulator.start(SimulatorSettings.forVms(SimulatedVm.named("vm_0")))) {
      Path state = Files.createDirectory(directory.resolve("state"));
      Path configuration =
          Files.writeString(
              directory.resolve("drainwatch.yml"),
              """
              micronaut:
                # with more than an address the server is there from the start, and loaded too
                application:
                  name: drainwatch
                server:
                  port: -1
              drainwatch:
                state-dir: %s
                metadata:
                  url: %s
                  poll-interval: 200ms
              """
                  .formatted(state, simulator.baseUrl()));
      Path loaded = directory.resolve("run.log");
      Process daemon = start(loaded, "run", "--config", configuration.toString());
      try {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> text(loaded).contains("io.drainwatch.watcher.http.HealthController "));
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> text(loaded).contains("io.drainwatch.watcher.events.DocumentReader "));
      } finally {
        daemon.destroy();
        assertThat(daemon.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }

      assertThat(text(loaded)).doesNotContainPattern(SDK);
      assertThat(text(loaded))
          .as("nor of the commands that ask Azure, but for the type of what would open it")
          .doesNotContainPattern(
              " io\\.drainwatch\\.watcher\\.(azure\\.(?!AzureLibrary\\$Opening )|cli\\.Azure)");
    }
  }

  @Test
  void theDrainerLoadsNothingOfAzureUnlessItIsSwitchedOn() throws Exception {
    Path loaded = directory.resolve("drainer.log");
    Process drainer = start(loaded, "drainer", "--config", drainerWith("").toString());
    try {
      awaitDrainer(loaded);
    } finally {
      drainer.destroy();
      assertThat(drainer.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(text(loaded)).doesNotContainPattern(SDK);
    assertThat(text(loaded))
        .doesNotContainPattern(
            " io\\.drainwatch\\.watcher\\.(azure\\.(?!AzureLibrary\\$Opening )"
                + "|cli\\.(Azure|ConfiguredAzure)|drainer\\.AzureSide)");
  }

  @Test
  void theDrainerLoadsItWhereItIsSwitchedOn() throws Exception {
    Path loaded = directory.resolve("drainer-on.log");
    Path jars = Files.createDirectory(directory.resolve("jars-on"));
    Files.copy(anyJar(), jars.resolve("any.jar"));
    Process drainer =
        start(
            loaded,
            List.of("-Dio.drainwatch.azure.library=" + jars),
            "drainer",
            "--config",
            drainerWith("azure: {enabled: true, protect-instances: true}").toString());
    try {
      awaitDrainer(loaded);
    } finally {
      drainer.destroy();
      assertThat(drainer.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(text(loaded)).containsPattern(SDK).contains("drainer.AzureSide ");
  }

  private void awaitDrainer(Path loaded) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                text(loaded).contains("io.drainwatch.drainer.cluster.LeaseFacts")
                    || text(loaded).contains("io.drainwatch.drainer.fleet.PaperFold "));
  }

  /** Its API server is nowhere: it starts all the same, and asks again. */
  private Path drainerWith(String more) throws IOException {
    Path kubeconfig =
        Files.writeString(
            directory.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "https://localhost:1"}}]
            users: [{name: u, user: {token: none}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            """);
    return Files.writeString(
        directory.resolve("drainer.yml"),
        """
        micronaut:
          server:
            port: -1
        drainwatch:
          %s
          kubernetes:
            form: controller
            namespace: ops
            pod-name: drainer-0
            kubeconfig: %s
        """
            .formatted(more, kubeconfig));
  }

  @Test
  void aCommandThatAsksAzureLoadsIt() throws Exception {
    Path loaded = directory.resolve("members.log");
    Path empty = Files.createDirectory(directory.resolve("jars"));
    // the service is found on the class path of this test, through a directory that has a jar
    Files.copy(anyJar(), empty.resolve("any.jar"));

    Process command =
        start(
            loaded,
            List.of("-Dio.drainwatch.azure.library=" + empty),
            "azure",
            "members",
            "--vmss",
            Arm.SET.path(),
            "--endpoint",
            "https://localhost:1",
            "--credential",
            "cli");
    assertThat(command.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(text(loaded)).containsPattern(SDK);
  }

  private static Path anyJar() {
    return java.util.Arrays.stream(classPath().split(java.io.File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .map(Path::of)
        .findFirst()
        .orElseThrow();
  }

  private Process start(Path loaded, String... arguments) throws IOException {
    return start(loaded, List.of(), arguments);
  }

  private Process start(Path loaded, List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-Xlog:class+load:file=" + loaded + "::filecount=0",
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            Drainwatch.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static String text(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
