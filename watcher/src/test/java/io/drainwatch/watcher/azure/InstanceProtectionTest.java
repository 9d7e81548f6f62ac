package io.drainwatch.watcher.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.HeldBy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protection from scale-in, with records on Nodes and Azure in memory; under virtual time. */
class InstanceProtectionTest {
  private final ProtectionRun run = new ProtectionRun();

  @Test
  void protectsWhileANodeIsDrainedAndUndoesItAfter() {
    run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    assertThat(run.isProtected()).isTrue();
    assertThat(run.isMarked()).isTrue();

    run.drains("Reboot", MaintenanceState.DRAINED);
    run.pass(10);

    assertThat(run.isProtected()).isFalse();
    assertThat(run.isMarked()).isFalse();
    assertThat(run.azure.done).containsExactly("protect pool_7", "unprotect pool_7");
    run.pass(3_600);
    assertThat(run.azure.done).hasSize(2);
  }

  @Test
  void marksTheNodeBeforeItAsksAzure() {
    run.lead();
    run.api.faults().forever(Verb.PATCH_NODE, Fault.UNAVAILABLE);
    run.drains("Reboot", MaintenanceState.CORDONED);
    run.pass(600);
    assertThat(run.azure.done).isEmpty();
    run.api.faults().heal();
    run.pass(600);
    assertThat(run.isProtected()).isTrue();
  }

  @Test
  void takesTheMarkAwayOnlyWhenItIsUndone() {
    run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    run.azure.trouble = Optional.of(Trouble.Kind.SERVER);
    run.drains("Reboot", MaintenanceState.DRAINED);
    run.pass(3_600);
    assertThat(run.isMarked()).isTrue();
    run.azure.trouble = Optional.empty();
    run.pass(700);
    assertThat(run.isMarked()).isFalse();
    assertThat(run.isProtected()).isFalse();
  }

  @Test
  void leavesWhatSomebodyElseProtects() {
    run.protectedBySomebodyElse();
    run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(60);
    run.drains("Reboot", MaintenanceState.DRAINED);
    run.pass(60);
    assertThat(run.isProtected()).isTrue();
    assertThat(run.azure.done).isEmpty();
    assertThat(run.isMarked()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Terminate", "Preempt"})
  void doesNotProtectWhatGoesAnyway(String type) {
    run.lead();
    run.drains(type, MaintenanceState.DRAINING);
    run.pass(60);
    assertThat(run.azure.done).isEmpty();
    assertThat(run.isMarked()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"MAINTENANCE_SCHEDULED", "DRAINED", "MAINTENANCE_STARTED", "RUNNING"})
  void doesNotProtectWhatIsNotDrained(MaintenanceState state) {
    run.lead();
    run.drains("Reboot", state);
    run.pass(60);
    assertThat(run.azure.done).isEmpty();
  }

  @Test
  void doesNotProtectWhatSomebodyUncordoned() {
    run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    run.drains("Reboot", MaintenanceState.DRAINING, HeldBy.FOREIGN_UNCORDON);
    run.pass(10);
    assertThat(run.isProtected()).isFalse();
    assertThat(run.isMarked()).isFalse();
  }

  @Test
  void undoesItThoughTheInstanceIsDeleted() {
    run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    run.azure.vms.clear();
    run.noDrain();
    run.pass(10);
    assertThat(run.isMarked()).isFalse();
  }

  @Test
  void a404OfAnotherKindIsNoDeletion() {
    run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    AzureVm vm = run.azure.vms.get(ProtectionRun.INSTANCE.path());
    run.azure.vms.clear();
    run.azure.notFound = "SubscriptionNotFound";
    run.noDrain();
    run.pass(600);
    assertThat(run.isMarked()).isTrue();
    run.azure.with(vm);
    run.pass(700);
    assertThat(run.isMarked()).isFalse();
    assertThat(run.isProtected()).isFalse();
  }

  @Test
  void undoesItThoughTheNodeIsDeleted() {
    run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    run.cluster.deleteNode(ProtectionRun.NODE);
    run.pass(10);
    assertThat(run.isProtected()).isFalse();
  }

  /** Drained and protected; Azure refuses once to undo it, and the Node is made anew by then. */
  private void comesAnewWhileItIsNotUndone() {
    run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    run.azure.trouble = Optional.of(Trouble.Kind.SERVER);
    run.cluster.deleteNode(ProtectionRun.NODE);
    run.pass(1);
    run.azure.trouble = Optional.empty();
    run.cluster.addNode(ProtectionRun.NODE);
    run.pass(1);
    assertThat(run.isProtected()).isTrue();
    assertThat(run.isMarked()).isFalse();
  }

  @Test
  void undoesItThoughTheNodeIsMadeAnewUnderItsName() {
    comesAnewWhileItIsNotUndone();
    run.pass(60);
    assertThat(run.isProtected()).isFalse();
    assertThat(run.isMarked()).isFalse();
  }

  @Test
  void aNewNodeOfThatNameIsProtectedForItsOwnDrainAfterThat() {
    comesAnewWhileItIsNotUndone();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(60);
    assertThat(run.isProtected()).isTrue();
    assertThat(run.isMarked()).as("ours, not somebody else's").isTrue();
    assertThat(run.azure.done).endsWith("unprotect pool_7", "protect pool_7");

    run.drains("Reboot", MaintenanceState.DRAINED);
    run.pass(60);
    assertThat(run.isProtected()).isFalse();
    assertThat(run.isMarked()).isFalse();
  }

  @Test
  void undoesItThoughTheNodeIsMadeAnewWhileAzureProtects() {
    run.lead();
    run.azure.deeds = deed -> run.azure.followed();
    run.azure.looks.add(Trouble.Kind.SERVER);
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(1);
    run.cluster.deleteNode(ProtectionRun.NODE);
    run.cluster.addNode(ProtectionRun.NODE);
    run.pass(60);
    assertThat(run.isProtected()).isFalse();
    assertThat(run.isMarked()).isFalse();
  }

  @Test
  void aSuccessorUndoesWhatItFinds() {
    ProtectionRun.Leader first = run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    first.stops();
    run.noDrain();
    run.pass(600);
    assertThat(run.isProtected()).as("nobody leads").isTrue();
    run.lead();
    run.pass(10);
    assertThat(run.isProtected()).isFalse();
    assertThat(run.isMarked()).isFalse();
  }

  @Test
  void switchedOffItStillUndoesWhatIsMarkedAndProtectsNothing() {
    ProtectionRun.Leader first = run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    first.stops();
    run.leadWithoutProtecting();
    run.pass(600);
    assertThat(run.isProtected()).isFalse();
    assertThat(run.isMarked()).isFalse();
    assertThat(run.azure.done).containsExactly("protect pool_7", "unprotect pool_7");
  }

  @Test
  void aSuccessorKnowsThatItIsOursInMidDrain() {
    ProtectionRun.Leader first = run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    first.stops();
    run.lead();
    run.pass(10);
    assertThat(run.azure.done).containsExactly("protect pool_7");
    run.drains("Reboot", MaintenanceState.DRAINED);
    run.pass(10);
    assertThat(run.isProtected()).isFalse();
  }

  @Test
  void asksAtAPaceWhereItIsRefused() {
    run.azure.trouble = Optional.of(Trouble.Kind.FORBIDDEN);
    run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(3_600);
    assertThat(run.reads).isBetween(5, 12);
  }

  @Test
  void asksAtAPaceWhereItsMarkIsTakenOutOfWhatIsWritten() {
    run.stripsMarks = true;
    run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(3_600);
    assertThat(run.patches).isBetween(2, 20);
    assertThat(run.isProtected()).isFalse();
  }

  @Test
  void waitsForTheOperationsEndBeforeTheMarkGoes() {
    run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    run.azure.deeds = deed -> () -> new AzureAnswer.Told<>(Operation.Standing.UNDERWAY);
    run.drains("Reboot", MaintenanceState.DRAINED);
    run.pass(200);
    assertThat(run.isMarked()).isTrue();
  }

  @Test
  void writesNothingOnceTheLeadershipIsLost() {
    ProtectionRun.Leader first = run.lead();
    run.meanwhile = first::stops;
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(60);
    assertThat(run.isMarked()).isFalse();
    assertThat(run.azure.done).isEmpty();

    run.meanwhile = () -> {};
    ProtectionRun.Leader second = run.lead();
    run.pass(10);
    assertThat(run.isProtected()).isTrue();
    run.meanwhile = second::stops;
    run.noDrain();
    run.pass(60);
    assertThat(run.isMarked()).as("the next leader's").isTrue();
  }

  @Test
  void leavesTheMarkToTheNextWhereTheLeadershipIsLostWhileAzureUndoesIt() {
    ProtectionRun.Leader first = run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    run.azure.deeds =
        deed -> {
          first.stops();
          return run.azure.followed();
        };
    run.noDrain();
    run.pass(60);
    assertThat(run.isProtected()).isFalse();
    assertThat(run.isMarked()).isTrue();
    run.azure.deeds = deed -> run.azure.followed();
    run.lead();
    run.pass(10);
    assertThat(run.isMarked()).isFalse();
  }

  /** Outside of the virtual time, so that this passes meanwhile. */
  private static Desk doneByHand(Deque<Runnable> work) {
    return new Desk() {
      @Override
      public void run(Runnable what) {
        work.add(what);
      }

      @Override
      public void at(Instant moment, Runnable what) {}
    };
  }

  /** It is held up between its look and its write, and the next one is done by then. */
  @Test
  void aFormerLeaderProtectsNothingWhenItGoesOn() {
    Deque<Runnable> work = new ArrayDeque<>();
    ProtectionRun.Leader first = run.lead(doneByHand(work));
    AtomicBoolean secondIsDone = new AtomicBoolean();
    run.beforeTheChange =
        () -> {
          first.stops();
          run.lead();
          run.drains("Reboot", MaintenanceState.DRAINED);
          run.pass(60);
          assertThat(run.isMarked()).as("the second has found nothing to undo").isFalse();
          secondIsDone.set(true);
        };
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    while (!work.isEmpty()) {
      work.remove().run();
    }
    assertThat(secondIsDone).isTrue();
    run.pass(700);
    assertThat(run.isProtected()).isFalse();
    assertThat(run.isMarked()).isFalse();
  }

  @Test
  void takesNothingForUndoneWhileTheInstanceIsBeingChanged() {
    ProtectionRun.Leader first = run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    first.stops();
    run.azure.with(AzureSamples.powered(ProtectionRun.INSTANCE, AzureVm.Power.RUNNING, "Updating"));
    run.noDrain();
    run.lead();
    run.pass(60);
    assertThat(run.isMarked()).as("what the first sent is under way").isTrue();

    run.protectedBySomebodyElse(); // as it has ended
    run.pass(700);
    assertThat(run.isProtected()).isFalse();
    assertThat(run.isMarked()).isFalse();
  }

  /** Before or after each write on the Node and each change in Azure. */
  @ParameterizedTest
  @EnumSource(ProtectionRun.Death.class)
  void aDeathAnywhereLeavesNoProtectionBehind(ProtectionRun.Death death) {
    int effects = 0;
    for (int at = 1; at <= effects + 1; at++) {
      ProtectionRun each = new ProtectionRun();
      ProtectionRun.Leader mortal = each.lead();
      mortal.dies(death, at);
      each.drains("Reboot", MaintenanceState.DRAINING);
      each.pass(30);
      each.drains("Reboot", MaintenanceState.DRAINED);
      each.pass(30);
      mortal.stops();
      each.lead();
      each.pass(700);
      assertThat(each.isProtected()).as("%s effect %d", death, at).isFalse();
      assertThat(each.isMarked()).as("%s effect %d", death, at).isFalse();
      if (at <= 4) {
        assertThat(mortal.isDead()).as("%s effect %d is reached", death, at).isTrue();
      }
      effects = 4; // mark, protect, undo, unmark
    }
  }
}
