package io.drainwatch.watcher.azure;

/**
 * One instance in the list of a scale set.
 *
 * @param name as an event's {@code Resources} name it
 * @param instanceId the last part of its resource id: a number (Uniform) or its name (Flexible)
 * @param provisioningState {@code Succeeded}, {@code Creating}, {@code Deleting}, {@code Failed}
 *     ...
 */
public record ScaleSetMember(
    String name, String instanceId, String provisioningState, boolean onLatestModel) {

  /** There for good, as far as Resource Manager knows. */
  public boolean isUp() {
    return provisioningState.equalsIgnoreCase("Succeeded");
  }
}
