package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import io.drainwatch.watcher.Drainwatch;
import io.drainwatch.watcher.record.StateView;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.Fault.ConnectionClosed;
import io.drainwatch.watcher.simulator.platform.PlannedFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code drainwatch run} for a day, one maintenance after the other, polling every 200 ms (L10):
 * threads, descriptors and heap stay where they are, and so do its files. {@code
 * -Ddrainwatch.soak=PT24H} says for how long; without it there is none.
 */
class SoakTest {
  private static final Logger LOG = LoggerFactory.getLogger(SoakTest.class);
  private static final Duration LENGTH =
      Duration.parse(System.getProperty("drainwatch.soak", "PT0S"));
  private static final int SAMPLES = 200;
  private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(5);

  /** Of the whole: classes are still loaded and code is compiled. */
  private static final int WARMING_UP = 3;

  private static final long MOST_JOURNAL = 2 << 20;
  private static final String CONFIGURATION =
      """
      drainwatch:
        metadata: {url: "%s", poll-interval: 200ms}
        state-dir: %s
        hooks: {directories: [%s], recall: 1s}
      micronaut: {server: {port: -1}}
      """;

  private final Map<String, List<Slope.Point>> samples = new LinkedHashMap<>();
  private final RunPlace place = RunPlace.find();
  private final ScriptFixtures scripts = ScriptFixtures.in(place.directory());
  private final Path state = scripts.root().resolve("state");
  private int maintenances;

  @AfterEach
  void delete() throws Exception {
    place.delete();
  }

  @Test
  void takesNoMoreAfterADayThanAfterAnHour() throws Exception {
    Assumptions.assumeTrue(LENGTH.isPositive(), "a soak is asked for by -Ddrainwatch.soak=PT24H");
    for (Hook hook : List.of(Hook.SCHEDULED, Hook.CORDON, Hook.DRAIN, Hook.UNCORDON)) {
      scripts.hook(hook, "10-a", "echo " + hook.word());
    }
    try (Simulator simulator = Simulator.start(SimulatorSettings.forVm(TestVm.NAME))) {
      Path file = scripts.root().resolve("drainwatch.yml");
      Files.writeString(
          file, CONFIGURATION.formatted(simulator.baseUrl(), state, scripts.operator()));
      Process daemon =
          DaemonProcess.java(
              List.of(), Drainwatch.class.getName(), "run", "--config", file.toString());
      try {
        live(simulator, daemon);
      } finally {
        daemon.destroyForcibly().waitFor();
      }
    }
    samples.forEach((what, points) -> LOG.info("{}: {}", what, Slope.of(points)));
    LOG.info(
        "{} maintenances in {}, {} samples", maintenances, LENGTH, samples.get("threads").size());
    assertThat(rises("threads", 2)).isFalse();
    assertThat(rises("descriptors", 4)).isFalse();
    assertThat(rises("heap KiB", 512)).isFalse();
    assertThat(rises("resident KiB", 16 * 1024)).isFalse();
    assertThat(Files.size(state.resolve("journal.jsonl"))).isLessThan(MOST_JOURNAL);
    assertThat(StateView.of(state).history(1_000)).hasSizeLessThanOrEqualTo(200);
  }

  private boolean rises(String what, double allowed) {
    List<Slope.Point> points = samples.get(what);
    return Slope.of(points).risesByMoreThan(allowed, points.getLast().at());
  }

  private void live(Simulator simulator, Process daemon) throws Exception {
    long begun = System.nanoTime();
    Duration between =
        LENGTH.dividedBy(SAMPLES).compareTo(BETWEEN_SAMPLES) > 0
            ? LENGTH.dividedBy(SAMPLES)
            : BETWEEN_SAMPLES;
    Duration sampled = LENGTH.dividedBy(WARMING_UP);
    for (Duration at = Duration.ZERO; at.compareTo(LENGTH) < 0; at = since(begun)) {
      maintain(simulator);
      assertThat(daemon.isAlive()).isTrue();
      if (since(begun).compareTo(sampled) >= 0) {
        sampled = since(begun).plus(between);
        sample(daemon.pid(), since(begun));
      }
    }
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** One in three is cancelled, one loses its first answers. */
  private void maintain(Simulator simulator) throws Exception {
    String before = newest();
    if (maintenances % 3 == 2) {
      simulator.setFault(PlannedFault.nextAcknowledgements(1, new ConnectionClosed()));
    }
    String id =
        simulator.schedule(TestVm.event("Reboot").approvalDelay(Duration.ofMinutes(10)).build());
    if (maintenances % 3 == 1) {
      await(() -> episode().path("state").asText().equals("DRAINED"));
      simulator.cancel(id);
    } else {
      await(() -> episode().findValuesAsText("accepted").contains("true"));
      simulator.startNow(id);
      await(() -> episode().path("state").asText().equals("MAINTENANCE_STARTED"));
      simulator.endNow(id);
    }
    await(() -> episode().isMissingNode() && !newest().equals(before));
    maintenances++;
  }

  private String newest() throws Exception {
    if (!Files.isDirectory(state)) {
      return "";
    }
    List<JsonNode> history = StateView.of(state).history(1);
    return history.isEmpty() ? "" : history.getFirst().toString();
  }

  private JsonNode episode() throws Exception {
    return StateView.of(state).lastEntry().orElseThrow().record().path("episode");
  }

  private static void await(java.util.concurrent.Callable<Boolean> wanted) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(wanted);
  }

  private void sample(long pid, Duration at) throws Exception {
    Path proc = Path.of("/proc", Long.toString(pid));
    String heap = jcmd(pid, "GC.run") + jcmd(pid, "GC.heap_info");
    add("threads", at, status(proc, "Threads:"));
    add("descriptors", at, proc.resolve("fd").toFile().list().length);
    add("resident KiB", at, status(proc, "VmRSS:"));
    add(
        "heap KiB",
        at,
        heap.lines()
            .filter(line -> line.matches("\\s*(DefNew|Tenured) .*used \\d+K.*"))
            .mapToLong(line -> Long.parseLong(line.replaceAll(".*used (\\d+)K.*", "$1")))
            .sum());
  }

  private void add(String what, Duration at, double value) {
    samples.computeIfAbsent(what, key -> new ArrayList<>()).add(new Slope.Point(at, value));
  }

  private static long status(Path proc, String field) throws Exception {
    return Files.readAllLines(proc.resolve("status")).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  private static String jcmd(long pid, String what) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                what)
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    return said;
  }
}
