package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import io.drainwatch.watcher.Drainwatch;
import io.drainwatch.watcher.daemon.DyingProcess.Way;
import io.drainwatch.watcher.record.StateView;
import io.drainwatch.watcher.simulator.RecordedRequest;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One maintenance of a VM whose {@code drainwatch run} dies at one of its side effects and is
 * started again, as often as it takes.
 */
final class CrashedVm implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final List<Hook> HOOKS =
      List.of(
          Hook.SCHEDULED,
          Hook.CORDON,
          Hook.PRE_STOP,
          Hook.DRAIN,
          Hook.POST_STOP,
          Hook.STARTED,
          Hook.RUNNING,
          Hook.POST_START,
          Hook.UNCORDON);
  private static final String CONFIGURATION =
      """
      drainwatch:
        metadata: {url: "%s", poll-interval: 200ms}
        state-dir: %s
        hooks: {directories: [%s], recall: 1s}
      micronaut: {server: {port: -1}}
      """;

  /**
   * What is left to see when all is over.
   *
   * @param summaries endings and what came of the drains
   * @param scripts that succeeded, each named once
   */
  record End(List<String> summaries, Set<String> scripts) {}

  /**
   * @param posts what was sent, by id of the event
   * @param runs of the script that was begun most often
   * @param died in which state, by the record on the disk; empty: it did not
   */
  record Outcome(
      End end,
      List<String> posts,
      long runs,
      Optional<String> died,
      List<String> points,
      int processes) {}

  private final Path directory;
  private final int point;
  private final Simulator simulator;
  private final ScriptFixtures scripts;
  private final Path state;
  private Process daemon;
  private int processes;

  CrashedVm(Path directory, int point, Way way) throws Exception {
    this.directory = directory;
    this.point = point;
    scripts = ScriptFixtures.in(directory);
    state = scripts.root().resolve("state");
    for (Hook hook : HOOKS) {
      scripts.hook(hook, "10-a", "sleep 0.1; echo " + hook.word() + " >> diary");
    }
    simulator = Simulator.start(SimulatorSettings.forVm(TestVm.NAME));
    start(DyingProcess.options(directory, point, way));
  }

  private void start(List<String> options) throws Exception {
    Path file = scripts.root().resolve("drainwatch.yml");
    Files.writeString(
        file, CONFIGURATION.formatted(simulator.baseUrl(), state, scripts.operator()));
    processes++;
    daemon =
        DaemonProcess.java(options, Drainwatch.class.getName(), "run", "--config", file.toString());
  }

  /** From the event to the summary and the quiet after it. */
  Outcome live() throws Exception {
    String id =
        simulator.schedule(TestVm.event("Reboot").approvalDelay(Duration.ofMinutes(10)).build());
    Optional<String> died = Optional.empty();
    boolean started = false;
    boolean ended = false;
    long until = System.nanoTime() + LONGEST.toNanos();
    while (!isOver() || (died.isEmpty() && isDying())) {
      if (System.nanoTime() > until) {
        throw new AssertionError(
            "not over after " + LONGEST + ": " + record() + " " + DyingProcess.points(directory));
      }
      if (daemon.waitFor(20, TimeUnit.MILLISECONDS)) {
        died = died.or(() -> Optional.of(word()));
        start(List.of());
      }
      JsonNode episode = record().path("episode");
      if (!started && episode.findValuesAsText("accepted").contains("true")) {
        simulator.startNow(id);
        started = true;
      }
      // nothing starts for an event that is gone (I7): on a busy machine it could go too soon
      if (!ended
          && episode.path("state").asText().equals("MAINTENANCE_STARTED")
          && diary().contains(Hook.STARTED.word())) {
        simulator.endNow(id);
        ended = true;
      }
    }
    assertThat(posts()).containsOnly(id);
    List<String> diary = diary();
    return new Outcome(
        new End(
            StateView.of(state).history(10).stream()
                .map(each -> each.path("ending").asText() + " " + each.path("drain").asText())
                .toList(),
            new HashSet<>(diary)),
        posts(),
        diary.stream().mapToLong(line -> Collections.frequency(diary, line)).max().orElse(0),
        died,
        DyingProcess.points(directory),
        processes);
  }

  private List<String> diary() throws IOException {
    Path diary = state.resolve("work/diary");
    return Files.exists(diary) ? Files.readAllLines(diary) : List.of();
  }

  private String word() {
    String word = record().path("episode").path("state").asText();
    return word.isEmpty() ? "IDLE" : word;
  }

  // the last of its deeds make it over for who looks from outside, before it is dead
  private boolean isDying() throws IOException {
    return point >= 0 && DyingProcess.points(directory).size() > point;
  }

  private boolean isOver() throws Exception {
    return Files.isDirectory(state)
        && !StateView.of(state).history(10).isEmpty()
        && record().path("episode").isMissingNode()
        && daemon.isAlive();
  }

  private JsonNode record() {
    try {
      return StateView.of(state).lastEntry().orElseThrow().record();
    } catch (Exception e) {
      return MissingNode.getInstance();
    }
  }

  private List<String> posts() {
    return simulator.requests().stream()
        .filter(request -> request.method().equals("POST"))
        .map(RecordedRequest::acknowledgedIds)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public void close() throws Exception {
    daemon.destroyForcibly().waitFor();
    simulator.close();
  }
}
