package io.drainwatch.watcher.azure;

import static io.drainwatch.watcher.azure.AzureCall.*;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What can be switched on or asked for, each with the calls it makes and so with the role it needs:
 * {@code config/azure/drainwatch-<word>.json}.
 */
public enum Feature {
  /** {@code drainwatch azure doctor}. */
  DOCTOR(
      READ_VM,
      LIST_VMS,
      READ_SCALE_SET,
      LIST_SCALE_SETS,
      LIST_INSTANCES,
      READ_INSTANCE,
      READ_PERMISSIONS),
  /** {@code drainwatch azure doctor --fix}. */
  FIX(READ_SCALE_SET, UPDATE_SCALE_SET, FOLLOW_OPERATION),
  /** {@code drainwatch azure rehearse}. */
  REHEARSE(
      READ_VM,
      READ_INSTANCE,
      RESTART_VM,
      REDEPLOY_VM,
      EVICT_VM,
      RESTART_INSTANCE,
      REDEPLOY_INSTANCE,
      EVICT_INSTANCE,
      FOLLOW_OPERATION),
  /** {@code drainwatch azure maintenance}. */
  MAINTENANCE(
      READ_VM,
      LIST_VMS,
      READ_SCALE_SET,
      LIST_SCALE_SETS,
      LIST_INSTANCES,
      READ_INSTANCE,
      MAINTAIN_VM,
      MAINTAIN_INSTANCE,
      FOLLOW_OPERATION),
  /** The drain context: what the metadata service does not tell of a VM's disks. */
  FACTS(READ_VM, READ_SCALE_SET, READ_INSTANCE, LIST_INSTANCES),
  /** {@code drainwatch azure members}: who is in a scale set. */
  MEMBERS(LIST_INSTANCES),
  /** {@code drainwatch azure peers}: tells the daemon who is in its scale set. */
  PEERS(READ_VM, LIST_VMS, READ_SCALE_SET, LIST_INSTANCES),
  /**
   * {@code drainwatch azure nodes}, {@code drainwatch.azure.enabled}: what became of VMs whose Node
   * does not come back.
   */
  STATES(READ_VM, READ_INSTANCE),
  /**
   * No scale-in of an instance that is being drained ({@code drainwatch.azure.protect-instances}).
   */
  PROTECTION(READ_INSTANCE, UPDATE_INSTANCE, FOLLOW_OPERATION),
  /**
   * {@code drainwatch azure acknowledge}, {@code drainwatch.azure.acknowledge-for-lost-watchers}:
   * in place of a watcher that is gone.
   */
  ACKNOWLEDGING(ACKNOWLEDGE),
  /**
   * {@code drainwatch azure events}, {@code drainwatch.azure.resource-graph-events}: events from
   * Resource Graph.
   */
  EVENTS(QUERY_EVENTS);

  private final List<AzureCall> calls;

  Feature(AzureCall... calls) {
    this.calls = List.of(calls);
  }

  public List<AzureCall> calls() {
    return calls;
  }

  /** What a role for it must allow; nothing more is used. */
  public SortedSet<String> actions() {
    SortedSet<String> actions = new TreeSet<>();
    calls.forEach(call -> actions.addAll(call.actions()));
    return actions;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In the repository and in an installation. */
  public String roleFile() {
    return "config/azure/drainwatch-" + word() + ".json";
  }
}
