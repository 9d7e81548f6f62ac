package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** BOSH_JOB_STATE and BOSH_JOB_NEXT_STATE of drain-scripts.md 2.4. */
class BoshJobStatesTest {

  @Test
  void addsUpDataDisks() {
    assertThat(of(Asked.about("Reboot").disks(data(1024), data(2048), Asked.osDisk(false))))
        .isEqualTo(
            new BoshJobStates(
                Optional.of("{\"persistent_disk\":3072}"),
                Optional.of("{\"persistent_disk\":3072}")));
  }

  @Test
  void saysNothingWithoutDataDisks() {
    BoshJobStates nothing = new BoshJobStates(Optional.empty(), Optional.empty());

    assertThat(of(Asked.about("Reboot").disks(Asked.osDisk(false), Asked.tempDisk())))
        .isEqualTo(nothing);
    assertThat(of(Asked.about("Reboot").disks(data(1024), unsized()))).isEqualTo(nothing);
    assertThat(of(Asked.about("Relocate").disks())).isEqualTo(nothing);
  }

  @Test
  void saysZeroWhereTheTableSaysSo() {
    assertThat(of(Asked.about("Terminate").disks()))
        .isEqualTo(new BoshJobStates(Optional.empty(), Optional.of("{\"persistent_disk\":0}")));
  }

  @Test
  void leavesTheNextStateOutForUnknownTypes() {
    assertThat(of(Asked.about("Relocate")))
        .isEqualTo(
            new BoshJobStates(Optional.of("{\"persistent_disk\":102400}"), Optional.empty()));
  }

  private static BoshJobStates of(Asked asked) {
    return BoshJobStates.of(asked.effects(), asked.facts());
  }

  private static VmFacts.Disk data(long sizeMb) {
    return new VmFacts.Disk(
        "data", VmFacts.Disk.Kind.PERSISTENT, OptionalInt.of(0), OptionalLong.of(sizeMb), false);
  }

  private static VmFacts.Disk unsized() {
    return new VmFacts.Disk(
        "data", VmFacts.Disk.Kind.PERSISTENT, OptionalInt.of(1), OptionalLong.empty(), false);
  }
}
