package io.drainwatch.watcher.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drainwatch.drainer.maintenance.GroupMember;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleSetInstanceTest {
  private static final Instant CHANGED = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void isAMemberByTheIdThatChangesWhenItIsMadeAnewAndTheMomentThatChangesWithAStart() {
    ScaleSetInstance instance =
        new ScaleSetInstance(
            "pool_1", "v-1", "Succeeded", AzureVm.Power.RUNNING, Optional.of(CHANGED));

    assertThat(instance.asMember())
        .isEqualTo(new GroupMember("pool_1", "v-1", "2026-11-21T10:00:00Z", true));
  }

  @ParameterizedTest
  @CsvSource({
    "Succeeded, RUNNING, true",
    "Succeeded, UNKNOWN, true",
    "succeeded, RUNNING, true",
    "Succeeded, STARTING, false",
    "Succeeded, STOPPED, false",
    "Succeeded, DEALLOCATING, false",
    "Succeeded, DEALLOCATED, false",
    "Creating, RUNNING, false",
    "Creating, UNKNOWN, false",
    "Deleting, RUNNING, false",
    "Failed, RUNNING, false",
    "'', RUNNING, false"
  })
  void isUpWhenItIsThereForGoodAndRuns(String state, AzureVm.Power power, boolean up) {
    assertThat(new ScaleSetInstance("a", "v", state, power, Optional.empty()).asMember().up())
        .isEqualTo(up);
  }

  @Test
  void isNotJudgedWithoutItsId() {
    assertThat(
            new ScaleSetInstance("a", "", "Succeeded", AzureVm.Power.RUNNING, Optional.empty())
                .asMember())
        .isEqualTo(new GroupMember("a", "unknown", "", false));
  }

  @Test
  void hasAName() {
    assertThatThrownBy(
            () ->
                new ScaleSetInstance(
                    " ", "v", "Succeeded", AzureVm.Power.RUNNING, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
