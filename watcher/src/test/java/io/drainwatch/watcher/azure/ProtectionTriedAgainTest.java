package io.drainwatch.watcher.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Protection from scale-in that is refused for a while: whose it is then, and when it is tried. */
class ProtectionTriedAgainTest {
  private final ProtectionRun run = new ProtectionRun();

  private void isRefusedOnceAndProtectedBySomebodyElse(Trouble.Kind kind) {
    run.lead();
    run.beforeTheChange = () -> run.azure.trouble = Optional.of(kind);
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(5);
    assertThat(run.isMarked()).isTrue();
    run.protectedBySomebodyElse();
    run.azure.trouble = Optional.empty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.Kind.class,
      names = {"NO_LOGIN", "FORBIDDEN", "CONFLICT", "THROTTLED"})
  void leavesWhatSomebodyElseProtectsWhileItIsRefusedItself(Trouble.Kind kind) {
    isRefusedOnceAndProtectedBySomebodyElse(kind);
    run.pass(60);
    assertThat(run.isMarked()).as("it is not ours").isFalse();
    run.drains("Reboot", MaintenanceState.DRAINED);
    run.pass(60);
    assertThat(run.isProtected()).isTrue();
    assertThat(run.azure.done).containsExactly("protect pool_7");
  }

  @Test
  void leavesItTooWhereTheDrainIsOverBeforeThat() {
    isRefusedOnceAndProtectedBySomebodyElse(Trouble.Kind.FORBIDDEN);
    run.drains("Reboot", MaintenanceState.DRAINED);
    run.pass(60);
    assertThat(run.isMarked()).isFalse();
    assertThat(run.isProtected()).isTrue();
  }

  @Test
  void takesForItsOwnWhatItMayHaveDone() {
    isRefusedOnceAndProtectedBySomebodyElse(Trouble.Kind.SERVER);
    run.pass(60);
    assertThat(run.isMarked()).isTrue();
    run.drains("Reboot", MaintenanceState.DRAINED);
    run.pass(60);
    assertThat(run.isProtected()).isFalse();
    assertThat(run.isMarked()).isFalse();
  }

  @Test
  void undoesItThoughTheNodeIsDeletedAfterALongOutage() {
    run.lead();
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(10);
    run.azure.trouble = Optional.of(Trouble.Kind.SERVER);
    run.drains("Reboot", MaintenanceState.DRAINED);
    run.pass(6 * 3_600);
    run.azure.trouble = Optional.empty();
    run.cluster.deleteNode(ProtectionRun.NODE);
    run.pass(700);
    assertThat(run.isProtected()).isFalse();
  }

  @Test
  void waitsAsLongAsItMeantToWhenTheClockIsSet() {
    ProtectionRun.Leader leader = run.lead();
    run.azure.trouble = Optional.of(Trouble.Kind.FORBIDDEN);
    run.drains("Reboot", MaintenanceState.DRAINING);
    run.pass(5);
    int reads = run.reads;
    leader.clockStepped(Duration.ofMinutes(10)); // told only: so the wait is ten minutes longer
    run.pass(540);
    assertThat(run.reads).isEqualTo(reads);
    leader.clockStepped(Duration.ofHours(-1));
    run.pass(5);
    assertThat(run.reads).isGreaterThan(reads);
  }
}
