package io.drainwatch.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.dist.Unpacked.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks what was built, and starts commands of every kind from it. */
@Timeout(180)
class DistributionTest {
  private static final Map<String, String> NOTHING = Map.of();
  private static final long MOST = 60L << 20;
  private static final Pattern METADATA =
      Pattern.compile("at (http://127\\.0\\.0\\.1:\\d+)/metadata");

  @TempDir(cleanup = CleanupMode.ALWAYS)
  static Path directory;

  private static Unpacked unpacked;

  @BeforeAll
  static void unpack() throws Exception {
    unpacked = Unpacked.in(directory);
  }

  @Test
  void isSmallAndHasItsChecksum() throws Exception {
    Path archive = Order.fromProperties().archive();

    assertThat(Files.size(archive)).isLessThan(MOST);
    Processes.run(
        new ProcessBuilder("sha256sum", "-c", archive.getFileName() + ".sha256")
            .directory(archive.getParent().toFile()));
  }

  @Test
  void saysWhatItIs() throws Exception {
    Result result = unpacked.run(NOTHING, "version");

    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines())
        .hasSize(3)
        .anyMatch(("drainwatch " + Order.fromProperties().version())::equals)
        .anyMatch(line -> line.matches("commit (unknown|[0-9a-f]{12})"))
        .anyMatch(line -> line.startsWith("Java 25"));
  }

  @Test
  void startsFromAnywhereThroughLinks() throws Exception {
    Path first = Files.createSymbolicLink(directory.resolve("link"), unpacked.launcher());
    Path second = Files.createSymbolicLink(directory.resolve("second"), Path.of("link"));

    assertThat(Unpacked.run(unpacked.builder(NOTHING, second, "version")).code()).isZero();
    assertThat(Unpacked.run(unpacked.builder(NOTHING, first, "version")).code()).isZero();
  }

  /** Where it cannot be used, -Xshare:on ends the JVM. */
  @Test
  void usesItsCacheWhereverItIsUnpacked() throws Exception {
    Result result = unpacked.run(Map.of("DRAINWATCH_JAVA_OPTIONS", "-Xshare:on"), "version");

    assertThat(result.code()).as(result.toString()).isZero();
  }

  @Test
  void startsWithoutAWordWhereItsCacheDoesNotFit() throws Exception {
    Map<String, String> otherJava = Map.of("DRAINWATCH_JAVA_OPTIONS", "-XX:-UseCompressedOops");
    assertThat(unpacked.run(otherJava, "version"))
        .isEqualTo(unpacked.run(NOTHING, "version"))
        .extracting(Result::err)
        .isEqualTo("");

    assertThat(unpacked.run(Map.of("DRAINWATCH_JAVA_OPTIONS", "-Xshare:auto"), "version"))
        .isEqualTo(unpacked.run(NOTHING, "version"));

    Path jar;
    try (var jars = Files.list(unpacked.home().resolve("lib"))) {
      jar =
          jars.filter(file -> file.toString().contains("drainwatch-watcher"))
              .findFirst()
              .orElseThrow();
    }
    FileTime before = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-02-02T00:00:00Z")));
    try {
      assertThat(unpacked.run(NOTHING, "version"))
          .isEqualTo(new Result(0, unpacked.run(otherJava, "version").out(), ""));
      assertThat(unpacked.run(Map.of("DRAINWATCH_JAVA_OPTIONS", "-Xshare:on"), "version").code())
          .as("so that the other test proves something")
          .isNotZero();
    } finally {
      Files.setLastModifiedTime(jar, before);
    }
  }

  @Test
  void everyKindOfCommandFindsItsClasses() throws Exception {
    Map<String, String> state =
        Map.of(
            "DRAINWATCH_STATE_DIR", directory.resolve("state").toString(),
            "MICRONAUT_SERVER_PORT", "1",
            "DRAINWATCH_METADATA_URL", "http://127.0.0.1:9");
    Path nowhere = Files.writeString(directory.resolve("kubeconfig"), KUBECONFIG);
    for (List<String> command :
        List.of(
            List.of("--help"),
            List.of("run", "--help"),
            List.of("status"),
            List.of("history"),
            List.of("doctor"),
            List.of("hooks", "list"),
            List.of("hooks", "test", unpacked.home().resolve("config/hooks.d").toString()),
            List.of("drain"),
            List.of("resume"),
            List.of("context", "--help"),
            List.of("status", "--cluster", "--kubeconfig", nowhere.toString()),
            List.of("drain", "node", "--dry-run", "--kubeconfig", nowhere.toString()),
            List.of("azure", "doctor", "--identity", "cli"),
            List.of("azure", "peers", "--identity", "managed"))) {
      Result result = unpacked.run(state, command.toArray(String[]::new));

      assertThat(result.out() + result.err())
          .as(command.toString())
          .isNotBlank()
          .doesNotContain("NoClassDefFound", "ClassNotFound", "Exception in thread")
          .doesNotContain("The part that talks to Azure is not here");
    }
  }

  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: c, cluster: {server: "http://127.0.0.1:9"}}]
      contexts: [{name: c, context: {cluster: c, user: u}}]
      users: [{name: u, user: {}}]
      current-context: c
      """;

  @Test
  void rehearsesWithTheSamplesThatItBrings() throws Exception {
    Result result = unpacked.run(NOTHING, "rehearse", "--event", "Freeze");

    assertThat(result.code()).as(result.toString()).isZero();
  }

  @Test
  void runsTheDaemonAgainstTheSimulator() throws Exception {
    Path hooks = Files.createDirectories(directory.resolve("none"));
    Path configuration =
        Files.writeString(
            directory.resolve("drainwatch.yml"),
            "drainwatch: {hooks: {directories: ['%s']}}\n".formatted(hooks));
    try (Running simulator = Running.start(NOTHING, "simulate", "--event", "Reboot")) {
      await().atMost(Duration.ofSeconds(60)).until(says(simulator, METADATA));
      Matcher address = METADATA.matcher(simulator.said());
      assertThat(address.find()).isTrue();
      Map<String, String> environment =
          Map.of(
              "DRAINWATCH_METADATA_URL",
              address.group(1),
              "DRAINWATCH_STATE_DIR",
              directory.resolve("of the daemon").toString(),
              "MICRONAUT_SERVER_PORT",
              "-1",
              // the cache, or the end
              "DRAINWATCH_JAVA_OPTIONS",
              "-Xshare:on");
      try (Running daemon =
          Running.start(environment, "run", "--config", configuration.toString())) {
        await()
            .atMost(Duration.ofSeconds(90))
            .until(says(simulator, Pattern.compile(" is acknowledged by ")));
        assertThat(daemon.said()).doesNotContain("ERROR", "NoClassDef");
        assertThat(daemon.stop()).as("ended by SIGTERM").isEqualTo(143);
      }
    }
  }

  /** There is no API server here; it waits for one. */
  @Test
  void startsTheDrainer() throws Exception {
    Path kubeconfig = Files.writeString(directory.resolve("kubeconfig"), KUBECONFIG);
    Map<String, String> environment =
        Map.of(
            "DRAINWATCH_KUBERNETES_FORM", "controller",
            "DRAINWATCH_KUBERNETES_KUBECONFIG", kubeconfig.toString(),
            "DRAINWATCH_KUBERNETES_NAMESPACE", "drainwatch",
            "DRAINWATCH_KUBERNETES_POD_NAME", "drainwatch-drainer-0",
            "DRAINWATCH_KUBERNETES_NODE_NAME", "node-0",
            "DRAINWATCH_STATE_DIR", directory.resolve("of the drainer").toString(),
            "MICRONAUT_SERVER_PORT", "-1");
    try (Running drainer = Running.start(environment, "drainer")) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(says(drainer, Pattern.compile("metrics on http://127.0.0.1:")));
      assertThat(drainer.said()).doesNotContain("NoClassDef");
      assertThat(drainer.stop()).as("ended by SIGTERM").isEqualTo(143);
    }
  }

  private static Callable<Boolean> says(Running process, Pattern what) {
    return () -> what.matcher(process.said()).find();
  }

  /** Killed at the end, whatever happens. */
  private record Running(Process process, Path log) implements AutoCloseable {
    static Running start(Map<String, String> environment, String... arguments) throws Exception {
      Path log = Files.createTempFile(directory, "said", "");
      return new Running(
          unpacked
              .builder(environment, unpacked.launcher(), arguments)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start(),
          log);
    }

    String said() throws Exception {
      return Files.readString(log);
    }

    int stop() throws InterruptedException {
      process.destroy();
      return process.waitFor();
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
