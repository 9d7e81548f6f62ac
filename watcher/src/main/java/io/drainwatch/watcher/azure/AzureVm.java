package io.drainwatch.watcher.azure;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A VM or an instance of a scale set, as Resource Manager has it.
 *
 * @param vmId the platform's own id of it
 * @param spot empty: it is not a Spot VM
 * @param policy empty for an instance: its scale set has one for all
 * @param scaleSet of which it is a member
 * @param maintenance empty: none is planned
 * @param protectedFromScaleIn for instances
 */
public record AzureVm(
    ResourceId id,
    String vmId,
    String provisioningState,
    Power power,
    Optional<Spot> spot,
    Optional<EventsPolicy> policy,
    Optional<ResourceId> scaleSet,
    boolean hasIdentity,
    DiskFacts disks,
    Optional<PlannedMaintenance> maintenance,
    boolean protectedFromScaleIn) {

  private static final Set<String> CHANGING = Set.of("creating", "updating", "deleting");

  /** Of its instance view. */
  public enum Power {
    RUNNING,
    STARTING,
    STOPPING,
    STOPPED,
    DEALLOCATING,
    DEALLOCATED,
    UNKNOWN;

    /**
     * @param code such as {@code PowerState/running}
     */
    public static Power of(String code) {
      for (Power power : values()) {
        if (code.equalsIgnoreCase("PowerState/" + power.name())) {
          return power;
        }
      }
      return UNKNOWN;
    }
  }

  public boolean hasFailed() {
    return provisioningState.equalsIgnoreCase("Failed");
  }

  /** Whether a change of it is under way. */
  public boolean isBeingChanged() {
    return CHANGING.contains(provisioningState.toLowerCase(Locale.ROOT));
  }

  /** Whether the last change of it has ended well, and none is under way. */
  public boolean hasSucceeded() {
    return provisioningState.equalsIgnoreCase("Succeeded");
  }
}
