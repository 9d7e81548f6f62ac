package io.drainwatch.drainer.maintenance;

import java.util.Optional;

/**
 * Which machine this is. The name decides whose event it is, {@code vmId} whose record it is (names
 * and instance ids are reused), the boot id whether it was restarted.
 *
 * @param vmName resource name as in an event's {@code Resources}
 * @param vmId the platform's unique id; empty when the metadata service does not tell
 * @param bootId of the running kernel
 * @param deletedWhenEvicted Spot machine whose eviction policy is Delete (or not told)
 */
public record Machine(
    String vmName, Optional<String> vmId, String bootId, boolean deletedWhenEvicted) {

  /**
   * Whether a record written for {@code other} is about this very machine (I4). An equal boot id
   * proves it even when the metadata service cannot be asked.
   */
  public boolean isSameAs(Machine other) {
    if (vmId.isPresent() && other.vmId.isPresent()) {
      return vmId.get().equalsIgnoreCase(other.vmId.get());
    }
    return bootId.equals(other.bootId) && vmName.equalsIgnoreCase(other.vmName);
  }
}
