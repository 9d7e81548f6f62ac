package io.drainwatch.drainer.distant;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.ModelBudget;
import io.drainwatch.drainer.model.Mortality;
import io.drainwatch.drainer.model.PodConduct;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The crash matrix in process (L3), form {@code controller}: whoever has a side effect, watcher or
 * drainer, dies before or after it. The watcher comes back with its journal, or with the Node alone
 * to go by; the drainer as another replica, which has nothing else.
 */
class ControllerCrashMatrixTest {
  private static final ScheduledEvent REBOOT = TwoSided.event("A", "Reboot", Duration.ofMinutes(3));

  /** What is left to see when all is over. */
  private record End(
      boolean cordoned,
      Optional<String> record,
      int podsLeft,
      Set<String> posted,
      boolean returned,
      boolean bothAreIdle,
      Set<String> endings) {}

  /** Whether the watcher comes back with what it knew. */
  enum Journal {
    KEPT,
    LOST
  }

  private static final class Life {
    final TwoSided two = new TwoSided();
    private final Journal journal;
    private Optional<Mortality.Death> death = Optional.empty();
    private Optional<Instant> watcherBack = Optional.empty();
    private Optional<Instant> drainerBack = Optional.empty();
    private Optional<Episode> kept = Optional.empty();

    Life(Mortality mortality, Journal journal) {
      this.journal = journal;
      two.cluster.replicaSet(
          "shop",
          "web",
          2,
          pod -> pod.conduct(PodConduct.PROMPT.stopsIn(Duration.ofSeconds(3))),
          TwoSided.NODE);
      two.cluster.replicaSet(
          "shop",
          "db",
          1,
          pod -> pod.labelled("app", "db").stopsIn(Duration.ofSeconds(3)),
          TwoSided.NODE);
      two.cluster.addBudget(
          "shop", "db", ModelBudget.Spec.maxUnavailable(Map.of("app", "db"), "0"));
      two.watcherDies = this::watcherDies;
      two.drainerDies = this::drainerDies;
      two.onlooker = this::comeBack;
      two.api.mayDie(mortality);
    }

    Life live() {
      two.platform(REBOOT);
      two.start().run("175S");
      two.platform(TwoSided.started(REBOOT));
      two.run("3S");
      two.cluster.notReady(TwoSided.NODE);
      watcherStops();
      two.run("10S");
      two.watcher.machine = TwoSided.machine("boot-2");
      two.cluster.rebooted(TwoSided.NODE, "boot-2");
      two.cluster.ready(TwoSided.NODE);
      watcherStarts();
      two.platform();
      for (int i = 0; i < 24 && !isOver(); i++) {
        two.run("5S");
      }
      return this;
    }

    private boolean isOver() {
      return two.watcher.episode().isEmpty()
          && leader().episode().isEmpty()
          && !two.isCordoned()
          && watcherBack.isEmpty()
          && drainerBack.isEmpty();
    }

    private DrainerSide leader() {
      return two.other.alive ? two.other : two.drainer;
    }

    private void watcherStops() {
      kept = journal == Journal.KEPT ? two.watcher.episode() : Optional.empty();
      two.watcher.kill();
    }

    private void watcherStarts() {
      watcherBack = Optional.empty();
      two.watcher.start(kept);
    }

    private void watcherDies(Mortality.Death e) {
      death = Optional.of(e);
      watcherStops();
      watcherBack = Optional.of(two.cluster.now().plusSeconds(2));
    }

    private void drainerDies(Mortality.Death e) {
      death = Optional.of(e);
      two.drainer.kill();
      drainerBack = Optional.of(two.cluster.now().plusSeconds(5));
    }

    private void comeBack() {
      if (watcherBack.filter(at -> !two.cluster.now().isBefore(at)).isPresent()) {
        watcherStarts();
      }
      if (drainerBack.filter(at -> !two.cluster.now().isBefore(at)).isPresent()) {
        drainerBack = Optional.empty();
        two.other.start();
      }
    }

    End end() {
      return new End(
          two.isCordoned(),
          two.annotation(NodeKeys.RECORD),
          two.cluster.podsOn(TwoSided.NODE).size(),
          new HashSet<>(two.watcher.posted),
          two.annotation(NodeKeys.LAST)
              .filter(text -> text.contains("\"ending\":\"returned\""))
              .isPresent(),
          isOver(),
          // without a journal it knows of no episode any more once the record is off the Node
          journal == Journal.LOST
              ? Set.of()
              : new HashSet<>(
                  two.watcher.story.stream().filter(each -> each.startsWith("summary")).toList()));
    }
  }

  @ParameterizedTest(name = "L3 K72 controller, journal {0}: ends as if nobody had died")
  @EnumSource(Journal.class)
  @DisplayName("L3 K72 controller: ends as if nobody had died")
  void endsAsIfNobodyHadDied(Journal journal) {
    Mortality counted = Mortality.never();
    End expected = new Life(counted, journal).live().end();
    assertThat(expected.cordoned()).isFalse();
    assertThat(expected.posted()).containsExactly("A");
    assertThat(expected.bothAreIdle()).isTrue();
    assertThat(counted.effects()).isGreaterThan(20);
    List<String> wrong = new ArrayList<>();
    for (int effect = 0; effect < counted.effects(); effect++) {
      for (Mortality how : List.of(Mortality.before(effect), Mortality.after(effect))) {
        Life life = new Life(how, journal).live();
        if (!life.end().equals(expected) || life.two.watcher.posted.size() > 2) {
          wrong.add(
              "%s %s: %s, watcher %s, drainer %s, other %s"
                  .formatted(
                      how,
                      life.death.map(Throwable::getMessage),
                      life.end(),
                      life.two.watcher.story,
                      life.two.drainer.story,
                      life.two.other.story));
        }
      }
    }
    assertThat(wrong).as("undisturbed: %s", expected).isEmpty();
  }
}
