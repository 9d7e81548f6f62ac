package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.Summary;
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
 * The crash matrix in process (L3), form {@code agent}: the process dies before and after each of
 * its side effects, which are the writes on the Node, the requests for pods, the Events and the
 * POSTs, from the first write to the last. What comes back has a record or the Node alone to go by.
 */
class NodeCrashMatrixTest {
  private static final ScheduledEvent REBOOT = NodeRig.event("A", "Reboot", Duration.ofMinutes(3));

  enum Journal {
    KEPT,
    LOST
  }

  /** What is left to see when all is over. */
  private record End(
      boolean cordoned,
      Optional<String> record,
      int podsLeft,
      Set<String> acknowledged,
      boolean returned,
      Set<Summary.Ending> endings) {}

  private static final class Life {
    final NodeRig rig = new NodeRig();
    private final Journal journal;
    private final Mortality mortality;
    private Optional<Mortality.Death> death = Optional.empty();
    private int processes = 1;

    Life(Mortality mortality, Journal journal) {
      this.mortality = mortality;
      this.journal = journal;
      rig.cluster.replicaSet(
          "shop",
          "web",
          2,
          pod -> pod.conduct(PodConduct.PROMPT.stopsIn(Duration.ofSeconds(3))),
          NodeRig.NODE);
      rig.cluster.replicaSet(
          "shop",
          "db",
          1,
          pod -> pod.labelled("app", "db").stopsIn(Duration.ofSeconds(3)),
          NodeRig.NODE);
      rig.cluster.addBudget(
          "shop", "db", ModelBudget.Spec.maxUnavailable(Map.of("app", "db"), "0"));
      rig.api.mayDie(mortality);
    }

    Life live() {
      rig.platform(REBOOT);
      begin();
      run(Duration.ofMinutes(3));
      rig.platform(NodeRig.started(REBOOT));
      run(Duration.ofSeconds(3));
      rig.cluster.notReady(NodeRig.NODE);
      run(Duration.ofSeconds(5));
      Optional<Episode> kept = rig.episode();
      rig.kill();
      rig.machine = new Machine(NodeRig.VM, Optional.of("id-1"), "boot-2", false);
      rig.cluster.rebooted(NodeRig.NODE, "boot-2");
      rig.cluster.ready(NodeRig.NODE);
      again(kept);
      rig.platform();
      run(Duration.ofSeconds(100));
      return this;
    }

    private void begin() {
      try {
        rig.start();
      } catch (Mortality.Death e) {
        dies(e);
      }
    }

    private void run(Duration time) {
      Instant end = rig.cluster.now().plus(time);
      while (rig.cluster.now().isBefore(end)) {
        try {
          rig.leap(Duration.between(rig.cluster.now(), end), () -> false);
        } catch (Mortality.Death e) {
          dies(e);
        }
      }
    }

    private void dies(Mortality.Death e) {
      death = Optional.of(e);
      Optional<Episode> kept = rig.durable();
      rig.kill();
      rig.run("2S");
      again(kept);
    }

    private void again(Optional<Episode> kept) {
      rig.startAs("watcher-" + ++processes, journal == Journal.KEPT ? kept : Optional.empty());
    }

    End end() {
      return new End(
          rig.node().unschedulable(),
          rig.annotation(NodeKeys.RECORD),
          rig.cluster.podsOn(NodeRig.NODE).size(),
          new HashSet<>(rig.acknowledged),
          rig.annotation(NodeKeys.LAST)
              .filter(text -> text.contains("\"ending\":\"returned\""))
              .isPresent(),
          // without a journal nobody knows of an episode any more once its record is off the Node
          journal == Journal.LOST
              ? Set.of()
              : new HashSet<>(rig.summaries.stream().map(Summary::ending).toList()));
    }
  }

  @ParameterizedTest(name = "L3 K72 agent, journal {0}: ends as if it had not died")
  @EnumSource(Journal.class)
  @DisplayName("L3 K72 agent: ends as if it had not died")
  void endsAsIfItHadNotDied(Journal journal) {
    Mortality counted = Mortality.never();
    End expected = new Life(counted, journal).live().end();
    assertThat(expected.cordoned()).isFalse();
    assertThat(expected.acknowledged()).containsExactly("A");
    assertThat(counted.effects()).isGreaterThan(20);
    List<String> wrong = new ArrayList<>();
    for (int effect = 0; effect < counted.effects(); effect++) {
      for (Mortality how : List.of(Mortality.before(effect), Mortality.after(effect))) {
        Life life = new Life(how, journal).live();
        if (!life.end().equals(expected) || life.rig.acknowledged.size() > 2) {
          wrong.add(
              how
                  + " "
                  + life.death.map(Throwable::getMessage)
                  + ": "
                  + life.end()
                  + " "
                  + life.rig.acknowledged
                  + " "
                  + life.rig.story());
        }
      }
    }
    assertThat(wrong).as("undisturbed: %s", expected).isEmpty();
  }
}
