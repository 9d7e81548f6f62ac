package io.drainwatch.drainer.nodes;

/** The Events on a Node (kubernetes-drain.md 17). A failed Event never delays a drain. */
public enum NodeNotice {
  MAINTENANCE_SCHEDULED(
      "MaintenanceScheduled", "Observe", "a scheduled event names this VM", false),
  CORDONED("Cordoned", "Cordon", "no new pods come to this Node", false),
  FOREIGN_CORDON_KEPT(
      "ForeignCordonKept",
      "Cordon",
      "the Node was cordoned by somebody else: it is drained and will not be uncordoned",
      false),
  DRAIN_STARTED("DrainStarted", "Drain", "the Node is being drained", false),
  POD_EVICTED("PodEvicted", "Drain", "evicted before the Node's maintenance", false),
  EVICTION_BLOCKED("EvictionBlocked", "Drain", "a pod cannot be evicted yet", true),
  POD_FORCE_DELETED("PodForceDeleted", "Drain", "a pod was deleted because its time was up", true),
  DRAIN_COMPLETED("DrainCompleted", "Drain", "all pods that had to go are gone", false),
  DRAIN_DEADLINE_EXCEEDED(
      "DrainDeadlineExceeded",
      "Drain",
      "the drain was not complete when its time was up: nothing is acknowledged",
      true),
  DRAIN_CANCELLED("DrainCancelled", "Drain", "the event was cancelled: the drain stops", false),
  ACKNOWLEDGED("Acknowledged", "Acknowledge", "the platform may go ahead", false),
  ACK_FAILED(
      "AckFailed",
      "Acknowledge",
      "the acknowledgement did not go through, it is tried again",
      true),
  MAINTENANCE_STARTED(
      "MaintenanceStarted", "Observe", "the platform has begun with this machine", false),
  FOREIGN_UNCORDON_RESPECTED(
      "ForeignUncordonRespected",
      "Drain",
      "somebody uncordoned the Node: the drain stops, nothing is acknowledged",
      true),
  VM_OFF("VmOff", "Observe", "nobody waits for the VM any more", false),
  VM_NEEDS_SOMEBODY("VmNeedsSomebody", "Observe", "the VM does not come back by itself", true),
  UNCORDON_DEFERRED(
      "UncordonDeferred", "Return", "the Node cannot be given back to the scheduler yet", true),
  UNCORDONED("Uncordoned", "Return", "the Node takes new pods again", false),
  CONFIG_ERROR("ConfigError", "Observe", "something on the Node cannot be used", true),
  UNATTENDED("Unattended", "Observe", "nobody answers what the watcher reports", true);

  private static final int MOST_BYTES = 1_024;

  private final String reason;
  private final String action;
  private final String text;
  private final boolean warning;

  NodeNotice(String reason, String action, String text, boolean warning) {
    this.reason = reason;
    this.action = action;
    this.text = text;
    this.warning = warning;
  }

  public String reason() {
    return reason;
  }

  /** The field that events.k8s.io demands beside the reason. */
  public String action() {
    return action;
  }

  public String text() {
    return text;
  }

  public boolean isWarning() {
    return warning;
  }

  /** The note of an Event: the text, and what it is about; at most 1 KiB. */
  public String note(String detail) {
    String whole = detail.isBlank() ? text : text + ": " + detail;
    return NodeText.cutToBytes(NodeText.plain(whole, MOST_BYTES), MOST_BYTES);
  }
}
