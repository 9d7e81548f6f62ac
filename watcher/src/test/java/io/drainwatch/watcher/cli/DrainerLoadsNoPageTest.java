package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.watcher.Drainwatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A drainer whose page nobody looks at has nothing of it in memory, probes and metrics or not. */
@Timeout(180)
class DrainerLoadsNoPageTest {
  private static final Pattern PAGE =
      Pattern.compile(
          "(?m)^.* (com\\.samskivert\\.|io\\.drainwatch\\.watcher\\.(fleetpage|pages)\\."
              + "|io\\.drainwatch\\.drainer\\.(fleet\\.(FleetSight|NodeSight)"
              + "|nodework\\.DrainStanding|evictions\\.Obstacle)).*$");
  private static final Pattern ADDRESS = Pattern.compile("health and metrics on (http://[^\\s]+)");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void loadsThePageWhenSomebodyAsksForItAndNotBefore() throws Exception {
    Path loaded = directory.resolve("classes.log");
    Path said = directory.resolve("said");
    try (DrainedCluster cluster = new DrainedCluster()) {
      cluster.web(1, Duration.ofMillis(100), "n1");
      Path configuration = LiveDrainer.configuration(cluster.server, directory, "drainer-a");
      Process drainer = start(loaded, said, configuration);
      try {
        await().atMost(LIMIT).until(() -> ADDRESS.matcher(text(said)).find());
        cluster.announce("n1");
        await().atMost(LIMIT).until(() -> cluster.state("n1").equals("Drained"));
        URI address = address(text(said));
        assertThat(get(address.resolve("/health/liveness"))).isEqualTo(200);
        assertThat(get(address.resolve("/prometheus"))).isEqualTo(200);
        assertThat(text(loaded)).contains("io.drainwatch.drainer.fleet.NodeFold ");
        assertThat(ofThePage(loaded)).isEmpty();

        assertThat(get(address.resolve("/"))).isEqualTo(200);
        await().atMost(LIMIT).until(() -> ofThePage(loaded).size() > 20);
      } finally {
        drainer.destroy();
        assertThat(drainer.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static List<String> ofThePage(Path loaded) throws IOException {
    return PAGE.matcher(text(loaded)).results().map(MatchResult::group).toList();
  }

  private static URI address(String said) {
    Matcher matcher = ADDRESS.matcher(said);
    assertThat(matcher.find()).isTrue();
    return URI.create(matcher.group(1));
  }

  private static int get(URI address) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static Process start(Path loaded, Path said, Path configuration) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load:file=" + loaded + "::filecount=0",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Drainwatch.class.getName(),
            "drainer",
            "--config",
            configuration.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(said.toFile())
        .start();
  }

  private static String text(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
