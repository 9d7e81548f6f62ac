package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.evictions.BlockedCause;
import io.drainwatch.drainer.evictions.Obstacle;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodework.DrainStanding;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.nodework.NodeWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people see of a fleet. */
class FleetSightTest {
  private static final Desk NOWHERE =
      new Desk() {
        @Override
        public void run(Runnable work) {}

        @Override
        public void at(Instant moment, Runnable work) {}
      };

  private final SeenFleet seen = SeenFleet.busy();

  @Test
  void tellsThePodsInTheWayAndTheBudgetThatRefusesThem() {
    NodeSight node = seen.node("web-1");
    DrainStanding drain = DrainStanding.of(node.work().orElseThrow());
    assertThat(drain.goesOn()).isTrue();
    assertThat(drain.isBlocked()).isTrue();
    assertThat(drain.toGo()).isEqualTo(3);
    assertThat(drain.refusals()).containsOnlyKeys("shop/web");
    assertThat(drain.refusals().get("shop/web").pods()).isEqualTo(3);
    assertThat(drain.refusals().get("shop/web").since())
        .hasValueSatisfying(at -> assertThat(at).isBefore(seen.now()));

    List<Obstacle> obstacles = DrainStanding.obstacles(node.work().orElseThrow());
    assertThat(obstacles)
        .hasSize(3)
        .allSatisfy(
            each -> {
              assertThat(each.pod()).startsWith("shop/web-");
              assertThat(each.budgets()).containsExactly("shop/web");
            });
    assertThat(obstacles.getFirst().cause()).hasValue(BlockedCause.PDB);
    assertThat(obstacles.getFirst().since()).isPresent();
  }

  @Test
  void tellsWhoWaitsForWhom() {
    NodeSight waits = seen.node("web-2");
    assertThat(waits.work().orElseThrow().terms().held()).isEqualTo(HeldBy.BUDGET);
    assertThat(waits.claim().orElseThrow().isUnderWay()).isFalse();
    assertThat(waits.startsAnyway()).hasValueSatisfying(at -> assertThat(at).isAfter(seen.now()));
    assertThat(seen.node("web-1").claim().orElseThrow().isUnderWay()).isTrue();
    assertThat(seen.sight().budget().places("web", 3)).hasValue(1);
  }

  @Test
  void tellsOfQuietNodesWhereTheyAre() {
    NodeSight quiet = seen.node("web-3");
    assertThat(quiet.isQuiet()).isTrue();
    assertThat(quiet.pool()).isEqualTo("web");
    assertThat(quiet.zone()).isEqualTo("westeurope-3");
    assertThat(quiet.ready()).isTrue();
    assertThat(quiet.cordoned()).isFalse();
    assertThat(seen.node("plain").pool()).isEmpty();
    assertThat(seen.node("web-1").cordoned()).isTrue();
    assertThat(seen.node("sys-1").record().orElseThrow().progress().state())
        .isEqualTo(MaintenanceState.DRAINED);
  }

  @Test
  void tellsWhatIsOverBothAsItWasSeenAndAsItStandsOnTheNode() {
    assertThat(seen.finished()).hasSize(1);
    Finished over = seen.finished().getFirst();
    assertThat(over.node()).isEqualTo("sys-2");
    assertThat(over.pool()).isEqualTo("system");
    assertThat(over.ending()).isEqualTo("cancelled");
    assertThat(over.drain()).hasValue(DrainResult.Outcome.STOPPED);
    assertThat(over.isOnNode()).isFalse();

    Finished onNode = seen.node("sys-2").last().orElseThrow();
    assertThat(onNode.isOnNode()).isTrue();
    assertThat(onNode.types()).isEqualTo("Reboot");
    assertThat(onNode.isSameAs(over)).isTrue();
  }

  @Test
  void knowsNothingOfNodesWhileAnotherLeads() {
    FleetRun run = new FleetRun().nodes("n1");
    Fleet fleet = run.drainer("drainer-a", FleetRun.settings());
    assertThat(fleet.sight().leads()).isFalse();
    assertThat(fleet.sight().nodes()).isEmpty();
    fleet.start();
    run.pass(Duration.ofSeconds(1));
    assertThat(fleet.sight().leads()).isTrue();
    assertThat(fleet.sight().nodes()).extracting(NodeSight::name).containsExactly("n1");
    fleet.stop();
    assertThat(fleet.sight().nodes()).isEmpty();
  }

  @Test
  void forgetsTheOldestOfManyThatAreOver() {
    FleetRun run = new FleetRun().nodes("n1");
    run.leading(FleetRun.settings());
    run.pass(Duration.ofSeconds(1));
    for (int i = 0; i <= FinishedRing.MOST; i++) {
      run.reboots("n1", "e" + i);
      run.pass(Duration.ofSeconds(1));
      run.tell("n1", run.note("n1").missing("e" + i));
      run.pass(Duration.ofSeconds(1));
      run.tell("n1", run.note("n1").gone("e" + i));
      run.pass(Duration.ofMinutes(1));
    }
    assertThat(run.finished.newestFirst()).hasSize(FinishedRing.MOST);
    assertThat(run.finished.newestFirst().getFirst().firstEvent())
        .isEqualTo("e" + FinishedRing.MOST);
    assertThat(run.finished.newestFirst().getLast().firstEvent()).isEqualTo("e1");
  }

  @Test
  @Timeout(60)
  void whoLooksWaitsForNoLockOfTheLoop() throws Exception {
    FleetRun run = new FleetRun();
    Term term =
        new Term(
            new Term.Parts(
                FleetRun.settings(),
                new VirtualHands(
                    new NodeWork(NodeSettings.defaults("a"), Policy.defaults()), run.api),
                NOWHERE,
                run.cluster.clock(),
                FleetListener.NONE,
                HandOver.NOBODY_ELSE,
                Beside.NOTHING));
    CompletableFuture<FleetSight> sight;
    synchronized (term) {
      sight = CompletableFuture.supplyAsync(term::sight);
      assertThat(sight.get(20, TimeUnit.SECONDS).leads()).isTrue();
    }
  }
}
