package io.drainwatch.watcher.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.rehearsal.TimelineEntry.Kind;
import io.drainwatch.watcher.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The README's first promise, for each event type: real daemon, real sample hooks, simulated
 * platform. The rehearsals run side by side, as each takes some seconds of real time.
 */
class RehearsalTest {
  private static final List<String> TYPES =
      List.of("Freeze", "Reboot", "Redeploy", "Preempt", "Terminate");

  private static final Map<String, Future<Told>> REHEARSALS = new LinkedHashMap<>();
  private static ExecutorService executor;

  /** A rehearsal that is over, with everything it told. */
  private record Told(List<TimelineEntry> entries, Verdict verdict) {
    List<String> texts(Kind kind) {
      return entries.stream()
          .filter(entry -> entry.kind() == kind)
          .map(TimelineEntry::text)
          .toList();
    }
  }

  /** Keeps everything. */
  private static final class Kept implements Timeline {
    private final List<TimelineEntry> entries = new ArrayList<>();

    @Override
    public void begin(String headline) {}

    @Override
    public synchronized void add(TimelineEntry entry) {
      entries.add(entry);
    }

    @Override
    public void end(Verdict verdict) {}
  }

  @BeforeAll
  static void rehearseAll() {
    executor = Executors.newFixedThreadPool(TYPES.size() + 2);
    for (String type : TYPES) {
      REHEARSALS.put(type, executor.submit(() -> rehearse(scenario(type, "gone after 2s"))));
    }
    RehearsedScripts foreign =
        new RehearsedScripts(
            new RehearsedScripts.NativeHooks.None(),
            Optional.of(config("examples/bosh")),
            Optional.of(config("examples/slipstream")));
    REHEARSALS.put(
        "foreign", executor.submit(() -> rehearse(scenario("Reboot", "foreign"), foreign)));
    REHEARSALS.put("cancelled", executor.submit(() -> rehearse(cancelled())));
  }

  @AfterAll
  static void stop() {
    executor.shutdownNow();
  }

  private static Told rehearse(Scenario scenario) throws Exception {
    return rehearse(
        scenario, RehearsedScripts.of(new RehearsedScripts.NativeHooks.Samples(config("hooks.d"))));
  }

  private static Path config(String name) {
    return Path.of("../config").resolve(name).toAbsolutePath();
  }

  private static Told rehearse(Scenario scenario, RehearsedScripts scripts) throws Exception {
    Kept timeline = new Kept();
    Verdict verdict =
        new Rehearsal(scenario, scripts, timeline, Surroundings.ofThisMachine()).run();
    return new Told(timeline.entries, verdict);
  }

  private static Scenario scenario(String type, String name) {
    return Scenario.read(
        name,
        """
        steps:
          - after: 100ms
            event: {type: %s, notice: 60s, approval-delay: 500ms, started-for: 2s}
        """
            .formatted(type));
  }

  private static Scenario cancelled() {
    return Scenario.read(
        "cancelled",
        """
        steps:
          - after: 100ms
            event: {type: Reboot, notice: 60s, cancel-after: 2s}
        """);
  }

  private static Told told(String type) throws Exception {
    return REHEARSALS.get(type).get(120, TimeUnit.SECONDS);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"Freeze", "Reboot", "Redeploy", "Preempt", "Terminate"})
  void showsAllSevenStatesAndComesBack(String type) throws Exception {
    Told told = told(type);

    assertThat(told.texts(Kind.STATE))
        .containsExactlyElementsOf(
            Arrays.stream(MaintenanceState.values()).map(MaintenanceState::word).toList());
    assertThat(told.verdict().passed()).as(told.verdict().sentence()).isTrue();
    assertThat(told.verdict().summary().map(Summary::ending))
        .contains(type.equals("Terminate") ? Summary.Ending.GONE : Summary.Ending.RETURNED);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"Freeze", "Reboot", "Redeploy", "Preempt", "Terminate"})
  void acknowledgesAfterTheDrainAndBeforeTheStart(String type) throws Exception {
    List<TimelineEntry> entries = told(type).entries();

    assertThat(indexOf(entries, Kind.ACKNOWLEDGE, "may go ahead"))
        .isGreaterThan(indexOf(entries, Kind.STATE, "Drained"))
        .isLessThan(indexOf(entries, Kind.STATE, "MaintenanceStarted"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"Reboot", "Terminate"})
  void runsTheSampleHooksAndShowsWhatTheySay(String type) throws Exception {
    List<String> said = told(type).texts(Kind.OUTPUT);

    assertThat(said)
        .anyMatch(line -> line.startsWith("cordon/10-out-of-rotation: out of rotation"))
        .anyMatch(line -> line.contains("jobs are running"))
        .anyMatch(line -> line.endsWith("no job is running"))
        .anyMatch(line -> line.startsWith("uncordon/10-into-rotation: back in rotation"));
  }

  @Test
  void callsADrainThatIsNotFinishedAgain() throws Exception {
    assertThat(told("Reboot").texts(Kind.HOOK))
        .anyMatch(text -> text.startsWith("drain/10-wait-for-jobs not finished"))
        .anyMatch(text -> text.startsWith("drain/10-wait-for-jobs, call 2"));
  }

  @Test
  void runsABoshTreeAndSlipStreamHooksEndToEnd() throws Exception {
    Told told = told("foreign");
    assertThat(told.verdict().passed()).as(told.verdict().sentence()).isTrue();
    assertThat(told.texts(Kind.HOOK))
        .anyMatch(text -> text.startsWith("pre-stop/bosh/db done"))
        .anyMatch(text -> text.startsWith("drain/bosh/db not finished, called again in 1 s"))
        .anyMatch(text -> text.startsWith("drain/bosh/db, call 3"))
        .anyMatch(text -> text.startsWith("drain/bosh/web done in 1 s"))
        .anyMatch(text -> text.startsWith("post-stop/bosh/metrics done"))
        .anyMatch(text -> text.startsWith("post-start/bosh/metrics done"))
        .anyMatch(text -> text.startsWith("drain/slipstream/prescale/vm_resize/10-traffic done"))
        .anyMatch(text -> text.startsWith("running/slipstream/postscale/vm_resize done"));
    assertThat(indexOf(told.entries(), Kind.ACKNOWLEDGE, "may go ahead"))
        .isGreaterThan(indexOf(told.entries(), Kind.STATE, "Drained"));
  }

  @Test
  void endsTheDrainOfACancelledEventAndAcknowledgesNothing() throws Exception {
    Told told = told("cancelled");

    assertThat(told.verdict().summary().map(Summary::ending)).contains(Summary.Ending.CANCELLED);
    assertThat(told.verdict().acknowledged()).isFalse();
    assertThat(told.texts(Kind.STATE)).doesNotContain("Drained").endsWith("Running", "Uncordoned");
  }

  private static int indexOf(List<TimelineEntry> entries, Kind kind, String text) {
    Optional<TimelineEntry> found =
        entries.stream()
            .filter(entry -> entry.kind() == kind && entry.text().contains(text))
            .findFirst();
    assertThat(found).as(text).isPresent();
    return entries.indexOf(found.get());
  }
}
