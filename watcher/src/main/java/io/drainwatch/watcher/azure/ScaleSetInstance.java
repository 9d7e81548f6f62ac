package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.maintenance.GroupMember;
import java.time.Instant;
import java.util.Optional;

/**
 * One instance of a scale set as it stands.
 *
 * @param name as an event's {@code Resources} name it
 * @param vmId the platform's own id of it, another one where it was made anew; blank: not told
 * @param provisioningState {@code Succeeded}, {@code Creating}, {@code Deleting}, {@code Failed}
 *     ...
 * @param changed when something was last done to it as a resource, a start for example
 */
public record ScaleSetInstance(
    String name,
    String vmId,
    String provisioningState,
    AzureVm.Power power,
    Optional<Instant> changed) {

  public ScaleSetInstance {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an instance has a name");
    }
  }

  /**
   * As the hook peer-added has it. Resource Manager knows no boots; a VM that was removed by an
   * event and is started again was changed since, which is all that is asked of it.
   */
  public GroupMember asMember() {
    return new GroupMember(
        name, vmId.isBlank() ? "unknown" : vmId, changed.map(Instant::toString).orElse(""), isUp());
  }

  /** One whose id is not told is not judged: it would be taken for one made anew. */
  private boolean isUp() {
    boolean isRunning = power == AzureVm.Power.RUNNING || power == AzureVm.Power.UNKNOWN;
    return isRunning && !vmId.isBlank() && provisioningState.equalsIgnoreCase("Succeeded");
  }
}
