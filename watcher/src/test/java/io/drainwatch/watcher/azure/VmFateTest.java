package io.drainwatch.watcher.azure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What power state and provisioning state together tell of a VM. */
class VmFateTest {
  @ParameterizedTest(name = "{0}: {1} when Succeeded, {2} when Failed, {3} when Canceled")
  @CsvSource({
    "RUNNING, RUNS, FAILED, RUNS",
    "STARTING, UNDER_WAY, FAILED, UNDER_WAY",
    "STOPPING, UNDER_WAY, FAILED, UNDER_WAY",
    "STOPPED, STOPPED, FAILED, NOT_TOLD",
    "DEALLOCATING, UNDER_WAY, FAILED, UNDER_WAY",
    "DEALLOCATED, DEALLOCATED, DEALLOCATED, NOT_TOLD",
    "UNKNOWN, NOT_TOLD, FAILED, NOT_TOLD"
  })
  void anEndIsToldOnlyWhereNothingIsUnderWay(
      AzureVm.Power power, VmFate succeeded, VmFate failed, VmFate other) {
    assertThat(fate(power, "Succeeded")).isEqualTo(succeeded);
    assertThat(fate(power, "succeeded")).isEqualTo(succeeded);
    assertThat(fate(power, "Failed")).isEqualTo(failed);
    assertThat(fate(power, "Canceled")).isEqualTo(other);
    assertThat(fate(power, "")).isEqualTo(other);
    for (String changing : new String[] {"Creating", "Updating", "Deleting", "updating"}) {
      assertThat(fate(power, changing)).as(changing).isEqualTo(VmFate.UNDER_WAY);
    }
  }

  private static VmFate fate(AzureVm.Power power, String provisioningState) {
    return VmFate.of(
        new AzureAnswer.Told<>(AzureSamples.powered(AzureSamples.VM, power, provisioningState)));
  }
}
