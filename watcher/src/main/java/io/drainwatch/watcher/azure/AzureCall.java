package io.drainwatch.watcher.azure;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every request to Resource Manager that this program can make, with the action that a role must
 * allow for it. There is no other: a test compares what goes over the wire with this list, and the
 * roles in {@code config/azure} with its actions.
 */
public enum AzureCall {
  READ_VM("Reading", "GET", "@virtualMachines/*", "Microsoft.Compute/virtualMachines/read"),
  LIST_VMS("Listing VMs of", "GET", "@virtualMachines", "Microsoft.Compute/virtualMachines/read"),
  READ_SCALE_SET(
      "Reading",
      "GET",
      "@virtualMachineScaleSets/*",
      "Microsoft.Compute/virtualMachineScaleSets/read"),
  LIST_SCALE_SETS(
      "Listing scale sets of",
      "GET",
      "@virtualMachineScaleSets",
      "Microsoft.Compute/virtualMachineScaleSets/read"),
  LIST_INSTANCES(
      "Listing the instances of",
      "GET",
      "@virtualMachineScaleSets/*/virtualMachines",
      "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read"),
  READ_INSTANCE(
      "Reading",
      "GET",
      "@virtualMachineScaleSets/*/virtualMachines/*",
      "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read"),
  READ_PERMISSIONS(
      "Reading our permissions on",
      "GET",
      "@*/*/providers/Microsoft.Authorization/permissions",
      "Microsoft.Authorization/permissions/read"),
  UPDATE_SCALE_SET(
      "Changing",
      "PATCH",
      "@virtualMachineScaleSets/*",
      "Microsoft.Compute/virtualMachineScaleSets/write"),
  UPDATE_INSTANCE(
      "Changing the protection of",
      "PUT",
      "@virtualMachineScaleSets/*/virtualMachines/*",
      "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/write"),
  RESTART_VM(
      "Restarting",
      "POST",
      "@virtualMachines/*/restart",
      "Microsoft.Compute/virtualMachines/restart/action"),
  REDEPLOY_VM(
      "Redeploying",
      "POST",
      "@virtualMachines/*/redeploy",
      "Microsoft.Compute/virtualMachines/redeploy/action"),
  EVICT_VM(
      "Simulating the eviction of",
      "POST",
      "@virtualMachines/*/simulateEviction",
      "Microsoft.Compute/virtualMachines/simulateEviction/action"),
  MAINTAIN_VM(
      "Performing the planned maintenance of",
      "POST",
      "@virtualMachines/*/performMaintenance",
      "Microsoft.Compute/virtualMachines/performMaintenance/action"),
  RESTART_INSTANCE(
      "Restarting",
      "POST",
      "@virtualMachineScaleSets/*/virtualMachines/*/restart",
      "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/restart/action"),
  REDEPLOY_INSTANCE(
      "Redeploying",
      "POST",
      "@virtualMachineScaleSets/*/virtualMachines/*/redeploy",
      "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/redeploy/action"),
  EVICT_INSTANCE(
      "Simulating the eviction of",
      "POST",
      "@virtualMachineScaleSets/*/virtualMachines/*/simulateEviction",
      "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/simulateEviction/action"),
  MAINTAIN_INSTANCE(
      "Performing the planned maintenance of",
      "POST",
      "@virtualMachineScaleSets/*/virtualMachines/*/performMaintenance",
      "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/performMaintenance/action"),
  FOLLOW_OPERATION(
      "Following the operation on",
      "GET",
      "/subscriptions/*/providers/Microsoft.Compute/locations/*/operations/*",
      "Microsoft.Compute/locations/operations/read"),
  ACKNOWLEDGE(
      "Acknowledging an event of",
      "POST",
      "@*/*/providers/Microsoft.Maintenance/scheduledevents/*/acknowledge",
      "Microsoft.Maintenance/scheduledevents/acknowledge/action"),
  QUERY_EVENTS(
      "Asking Resource Graph for events of",
      "POST",
      "/providers/Microsoft.ResourceGraph/resources",
      "Microsoft.ResourceGraph/resources/read",
      "Microsoft.Compute/virtualMachines/read",
      "Microsoft.Compute/virtualMachineScaleSets/read");

  private final String words;
  private final String method;
  private final Pattern path;
  private final String action;
  private final List<String> actions;

  /**
   * @param alsoRead actions without which it is answered, but without what they are for
   * @param path star for one part; {@code @} for Microsoft.Compute of a resource group
   */
  AzureCall(String words, String method, String path, String action, String... alsoRead) {
    this.words = words;
    this.method = method;
    this.path =
        Pattern.compile(
            path.replace("@", "/subscriptions/*/resourceGroups/*/providers/Microsoft.Compute/")
                .replace(".", "\\.")
                .replace("*", "[^/]+"),
            Pattern.CASE_INSENSITIVE);
    this.action = action;
    this.actions = Stream.concat(Stream.of(action), Arrays.stream(alsoRead)).toList();
  }

  /** Such as "Reading", before the name of a resource. */
  public String words() {
    return words;
  }

  /** As a role definition names it. */
  public String action() {
    return action;
  }

  /** All that a role needs for it. */
  public List<String> actions() {
    return actions;
  }

  /** Whether it only looks. */
  public boolean isReading() {
    return method.equals("GET") || this == QUERY_EVENTS;
  }

  /** Which one a request is; empty for one that must not be made. */
  public static Optional<AzureCall> of(String method, String path) {
    return Arrays.stream(values())
        .filter(call -> call.method.equals(method) && call.path.matcher(path).matches())
        .findFirst();
  }
}
