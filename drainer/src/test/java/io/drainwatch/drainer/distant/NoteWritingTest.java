package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookRun;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodePatch;
import io.drainwatch.drainer.nodes.ObservationJson;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import io.drainwatch.drainer.nodes.ObservationText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the watcher writes on its Node, and when. */
class NoteWritingTest {
  private final DistantWork work = new DistantWork(Policy.defaults(), true);
  private final Standing standing = new Standing();
  private final List<DistantAction> actions = new ArrayList<>();
  private DistantState state = DistantState.of(TwoSided.NODE);
  private Set<Hook> planned = Set.of();
  private Instant now = Standing.NOW;

  @Test
  void writesInTheVeryStepThatBroughtTheNews() {
    see();
    assertThat(patches()).isEmpty();
    step();
    assertThat(patches()).hasSize(1);
    assertThat(patches().getFirst().annotations()).containsOnlyKeys(NodeKeys.OBSERVATION);
    ObservationNote note = newest();
    assertThat(note.vmName()).isEqualTo(TwoSided.VM);
    assertThat(note.bootId()).isEqualTo("boot-1");
    assertThat(note.incarnation()).isEqualTo(7);
    assertThat(note.health()).isEqualTo(Health.OK);
    assertThat(note.events()).singleElement().satisfies(e -> assertThat(e.id()).isEqualTo("A"));
    assertThat(note.missing()).isEmpty();
  }

  @Test
  void saysNothingBeforeItKnowsAnything() {
    observe(new DistantObservation.NodeSeen(standing.reading()));
    observe(new DistantObservation.Stepped(Watch.idle(), Health.WARMING, Set.of()));
    assertThat(patches()).isEmpty();
  }

  @Test
  void readsTheNodeFirstWhereTheWatchHasNotSeenIt() {
    step();
    assertThat(actions).contains(new DistantAction.ReadNode());
    observe(new DistantObservation.NodeRead(standing.reading()));
    assertThat(patches()).hasSize(1);
  }

  @Test
  @DisplayName("the same is told once, and each 30 s while an episode is open (K83)")
  void givesASignOfLife() {
    see();
    step();
    done();
    step();
    tick(Duration.ofSeconds(29));
    assertThat(patches()).hasSize(1);
    assertThat(work.wakeAt(state, now)).contains(Standing.NOW.plusSeconds(30));
    tick(Duration.ofSeconds(1));
    assertThat(patches()).hasSize(2);
  }

  @Test
  @DisplayName("K47 a clock that is set brings neither a sign of life nor an alarm before its time")
  void goesByTheClockAsItIsSet() {
    standing.hasRecord = false;
    see();
    step();
    done();
    now = now.plusSeconds(3600);
    observe(new DistantObservation.ClockStepped(Duration.ofHours(1)));
    tick(Duration.ofSeconds(9));
    assertThat(patches()).hasSize(1);
    assertThat(actions).noneMatch(DistantAction.Tell.class::isInstance);
    tick(Duration.ofSeconds(1));
    assertThat(actions).anyMatch(DistantAction.Tell.class::isInstance);
    tick(Duration.ofSeconds(20));
    assertThat(patches()).hasSize(2);
  }

  @Test
  void oneWriteIsUnderWayAndTheNewestContentFollowsIt() {
    see();
    step();
    observe(new DistantObservation.Tick(Health.DEGRADED));
    standing.absentFrom = 1;
    step();
    assertThat(patches()).hasSize(1);
    done();
    assertThat(patches()).hasSize(2);
    assertThat(newest().missing()).containsExactly("A");
    assertThat(newest().gone()).isEmpty();
  }

  @Test
  void aConflictIsReadAndWrittenAgainAtOnce() {
    see();
    step();
    observe(new DistantObservation.Written(new WriteAnswer.Conflict()));
    assertThat(actions).last().isEqualTo(new DistantAction.ReadNode());
    standing.version = "2";
    observe(new DistantObservation.NodeRead(standing.reading()));
    assertThat(patches()).hasSize(2);
    assertThat(patches().getLast().resourceVersion()).isEqualTo("2");
  }

  @Test
  void failuresAreRepeatedAfterOneToThirtySeconds() {
    see();
    step();
    for (long wait : List.of(1, 2, 4, 8, 16, 30, 30)) {
      observe(new DistantObservation.Written(new WriteAnswer.Unclear("time-out")));
      Instant next = work.wakeAt(state, now).orElseThrow();
      assertThat(Duration.between(now, next))
          .isBetween(
              Duration.ofSeconds(wait), Duration.ofSeconds(wait).multipliedBy(3).dividedBy(2));
      int before = patches().size();
      tick(Duration.between(now, next).minusMillis(1));
      assertThat(patches()).hasSize(before);
      tick(Duration.ofMillis(1));
      assertThat(patches()).hasSize(before + 1);
    }
    done();
    assertThat(state.note().failures()).isZero();
  }

  @Test
  @DisplayName("I7 K61 that an event is missing waits for no back-off")
  void tellsAtOnceThatAnEventIsMissing() {
    see();
    step();
    for (int i = 0; i < 5; i++) {
      observe(new DistantObservation.Written(new WriteAnswer.Unclear("time-out")));
      tick(Duration.between(now, work.wakeAt(state, now).orElseThrow()));
    }
    observe(new DistantObservation.Written(new WriteAnswer.Unclear("time-out")));
    int before = patches().size();
    step();
    assertThat(patches()).as("nothing new").hasSize(before);
    standing.absentFrom = 1;
    step();
    assertThat(patches()).hasSize(before + 1);
    assertThat(newest().missing()).containsExactly("A");
    observe(new DistantObservation.Written(new WriteAnswer.Unclear("time-out")));
    step();
    assertThat(patches()).as("told once, then with patience").hasSize(before + 1);
  }

  @Test
  @DisplayName("K67 what is gone is told until the record lets it go, also after the core did")
  void tellsWhatIsGoneAsLongAsItMatters() {
    see();
    step();
    done();
    standing.absentFrom = 2;
    step();
    done();
    assertThat(newest().gone()).containsExactly("A");
    observe(new DistantObservation.Stepped(withoutEpisode(), Health.OK, Set.of()));
    done();
    assertThat(newest().gone()).as("the record still names it").containsExactly("A");
    standing.hasRecord = false;
    see();
    assertThat(newest().gone()).isEmpty();
  }

  @Test
  void tellsWhatWasAnsweredToAnAcknowledgement() {
    see();
    step();
    observe(new DistantObservation.Acknowledged("a", 0));
    observe(new DistantObservation.Acknowledged("A", 200));
    done();
    assertThat(newest().acks()).containsExactly(new ObservationNote.Ack("A", Standing.NOW, 200));
  }

  @Test
  void tellsOfHooksThatHaveScriptsBeforeTheirTurn() {
    planned = Set.of(Hook.PRE_STOP, Hook.DRAIN, Hook.PEER_REMOVED);
    standing.state = MaintenanceState.MAINTENANCE_SCHEDULED;
    see();
    step();
    assertThat(newest().hooks().stream().map(each -> each.hook() + " " + each.outcome().word()))
        .containsExactly("pre-stop planned", "drain planned");
    assertThat(newest().hooks()).allMatch(each -> each.episode().equals("A/vm-1"));
    done();
    standing.hooks.put(Hook.PRE_STOP, new HookRun(Hook.PRE_STOP, false, false, now, List.of()));
    step();
    done();
    assertThat(newest().hooks().getFirst().outcome().word()).isEqualTo("running");
    // its scripts are not there any more: somebody waits for it all the same
    standing.hooks.put(Hook.PRE_STOP, new HookRun(Hook.PRE_STOP, true, false, now, List.of()));
    step();
    done();
    assertThat(newest().hooks().getFirst().outcome().word()).isEqualTo("succeeded");
  }

  @Test
  void aHookWithoutScriptsIsNotTold() {
    standing.hooks.put(Hook.PRE_STOP, new HookRun(Hook.PRE_STOP, true, false, now, List.of()));
    see();
    step();
    assertThat(newest().hooks()).isEmpty();
  }

  @Test
  @DisplayName("K53 a Node made anew under its name is told again")
  void tellsANewNode() {
    see();
    step();
    done();
    observe(new DistantObservation.NodeSeen(new NodeReading.Gone()));
    assertThat(patches()).hasSize(1);
    see();
    assertThat(patches()).hasSize(2);
  }

  private Watch withoutEpisode() {
    Watch watch = standing.watch();
    return new Watch(
        watch.machine(),
        Optional.empty(),
        watch.peers(),
        true,
        false,
        Optional.empty(),
        watch.newest());
  }

  private void step() {
    observe(new DistantObservation.Stepped(standing.watch(), Health.OK, planned));
  }

  private void see() {
    observe(new DistantObservation.NodeSeen(standing.reading()));
  }

  private void done() {
    observe(new DistantObservation.Written(new WriteAnswer.Done(standing.node())));
  }

  private void tick(Duration later) {
    now = now.plus(later);
    observe(new DistantObservation.Tick(Health.OK));
  }

  private void observe(DistantObservation observation) {
    DistantStep step = work.next(state, observation, now);
    state = step.state();
    actions.addAll(step.actions());
  }

  private List<NodePatch> patches() {
    return actions.stream()
        .filter(DistantAction.Patch.class::isInstance)
        .map(each -> ((DistantAction.Patch) each).patch())
        .toList();
  }

  private ObservationNote newest() {
    String text = patches().getLast().annotations().get(NodeKeys.OBSERVATION).orElseThrow();
    return ((ObservationText.Read) ObservationJson.read(text)).note();
  }

  @Test
  @DisplayName("L9 thousands of watchers that were turned away together do not come back together")
  void comesBackApartFromTheOthers() {
    Map<Long, Integer> backAt = new HashMap<>();
    for (int node = 0; node < 5_000; node++) {
      state = DistantState.of("aks-pool-" + node);
      now = Standing.NOW;
      actions.clear();
      see();
      step();
      for (int refusal = 0; refusal < 4; refusal++) {
        observe(new DistantObservation.Written(new WriteAnswer.Unclear("429")));
        now = work.wakeAt(state, now).orElseThrow();
        observe(new DistantObservation.Tick(Health.OK));
      }
      assertThat(Duration.between(Standing.NOW, now))
          .as("1, 2, 4 and 8 s, and half as long again at most")
          .isBetween(Duration.ofSeconds(15), Duration.ofMillis(22_500));
      backAt.merge(now.getEpochSecond(), 1, Integer::sum);
    }
    assertThat(backAt.values()).as("in one second").allMatch(watchers -> watchers < 2_000);
    assertThat(backAt).as("seconds").hasSizeGreaterThanOrEqualTo(5);
  }
}
