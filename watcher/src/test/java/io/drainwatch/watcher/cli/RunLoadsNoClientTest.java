package io.drainwatch.watcher.cli;

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
 * Without a sink the daemon loads nothing of the HTTP client, of templates and of who delivers;
 * with one it does, so the test can tell. Of pages it loads nothing until somebody opens one.
 */
@Timeout(180)
class RunLoadsNoClientTest {
  /**
   * What makes requests, templates, who delivers. Not the definitions of beans: Micronaut reads
   * those of every library on the class path, and the types that they name, and makes none of them.
   */
  private static final String CLIENT =
      "(?m)^.* (io\\.micronaut\\.http\\.client\\.netty\\.(ConnectionManager|PoolResizer"
          + "|DefaultHttpClientBuilder|ClientHandler)"
          + "|io\\.netty\\.handler\\.proxy\\.|com\\.samskivert\\."
          + "|io\\.drainwatch\\.watcher\\.notify\\.(Notifier|Courier|Desk|MicronautPost"
          + "|LetterWriting|NoticeTemplate|VmNotices|KeptOutbox)"
          + "|io\\.drainwatch\\.watcher\\.(pages|statuspage)\\.[A-Z]"
          + "|io\\.drainwatch\\.watcher\\.report\\.EpisodeTrace)";

  /** What makes spans of a maintenance and sends them. Not the settings, which are always read. */
  private static final String TRACING =
      "(?m)^.* (io\\.opentelemetry\\.|io\\.drainwatch\\.drainer\\.tracing\\."
          + "|io\\.drainwatch\\.watcher\\.tracing\\.(Tracer|SpanQueue|OtlpJson|Exporting))";

  @TempDir Path directory;

  @Test
  void runLoadsNothingOfTheClientWithoutASink() throws Exception {
    assertThat(loadedBy("", "io.drainwatch.watcher.events.DocumentReader "))
        .doesNotContainPattern(CLIENT)
        .doesNotContainPattern(TRACING);
  }

  @Test
  void runLoadsTracingOnlyWhereItIsSwitchedOn() throws Exception {
    assertThat(
            loadedBy(
                """
                  tracing:
                    enabled: true
                    endpoint: http://127.0.0.1:1
                """,
                "io.drainwatch.watcher.tracing.SpanQueue "))
        .containsPattern(TRACING);
  }

  /** The daemon keeps for weeks what it has loaded for a moment at its start. */
  @Test
  void runLoadsNoTableOfCommandsNorWhatMakesTextOfYaml() throws Exception {
    assertThat(loadedBy("", "io.drainwatch.watcher.events.DocumentReader "))
        .doesNotContainPattern(
            "(?m)^.* (picocli\\.CommandLine\\$Model|org\\.yaml\\.snakeyaml\\.(constructor|representer)"
                + "|java\\.beans\\.Introspector |org\\.quartz\\.impl\\.StdSchedulerFactory)");
  }

  @Test
  void runLoadsItWithASink() throws Exception {
    assertThat(
            loadedBy(
                """
                  notifications:
                    sinks:
                      - name: ops
                        type: slack
                        url: http://127.0.0.1:1/x
                """,
                "io.micronaut.http.client.netty.ConnectionManager "))
        .containsPattern(CLIENT);
  }

  private String loadedBy(String more, String last) throws Exception {
    try (Simulator simulator =
        Simulator.start(SimulatorSettings.forVms(SimulatedVm.named("vm_0")))) {
      Path state = Files.createDirectory(directory.resolve("state"));
      Path configuration =
          Files.writeString(
              directory.resolve("drainwatch.yml"),
              """
              micronaut:
                server:
                  port: -1
              drainwatch:
                state-dir: %s
                metadata:
                  url: %s
                  poll-interval: 200ms
              """
                      .formatted(state, simulator.baseUrl())
                  + more);
      Path loaded = directory.resolve("run.log");
      Process daemon = start(loaded, configuration);
      try {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> text(directory.resolve("said")).contains("status, health and metrics on"));
        await().atMost(Duration.ofSeconds(60)).until(() -> text(loaded).contains(last));
      } finally {
        daemon.destroy();
        assertThat(daemon.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
      return text(loaded);
    }
  }

  private Process start(Path loaded, Path configuration) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xlog:class+load:file=" + loaded + "::filecount=0",
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Drainwatch.class.getName(),
            "run",
            "--config",
            configuration.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(directory.resolve("said").toFile())
        .start();
  }

  private static String text(Path loaded) throws IOException {
    return Files.exists(loaded) ? Files.readString(loaded) : "";
  }
}
