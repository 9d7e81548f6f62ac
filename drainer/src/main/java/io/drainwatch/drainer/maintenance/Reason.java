package io.drainwatch.drainer.maintenance;

import java.util.Locale;

/** Why something is said; the one list behind log text, metric label and notification. */
public enum Reason {
  EVENT_SEEN("a scheduled event names this VM", false),
  EVENT_JOINED("another event joined the maintenance", false),
  TOO_MANY_EVENTS(
      "the maintenance has as many events as it can keep: the least urgent one is left to the"
          + " platform",
      true),
  EVENT_MISSING("the event is missing from the newest document: nothing new starts", false),
  EVENT_BACK("the event is in the document again", false),
  CANCELLED("the event was cancelled", false),
  RAN_UNSEEN("the event is over, its start was not seen", false),
  HOST_FAILURE("the event began without notice", true),
  STARTED_EARLY(
      "an event started before NotBefore and not by our acknowledgement: something else "
          + "in the set approves events",
      true),
  DEADLINE_REACHED("the deadline is reached: the drain is stopped, nothing is acknowledged", true),
  DRAIN_FAILED("the drain failed: nothing is acknowledged", true),
  STARTED_UNDRAINED("the event started before the drain was complete", true),
  HELD("someone uncordoned: the drain stops, nothing is acknowledged", true),
  HOOK_FAILED("a hook failed", true),
  RETURN_BLOCKED("a hook of the return keeps failing: the machine stays out of service", true),
  NOT_ACKNOWLEDGED("the event is not acknowledged", false),
  ACKNOWLEDGED("the platform may go ahead", false),
  ACKNOWLEDGE_FAILED("the acknowledgement did not go through, it is tried again", true),
  WAITING("the drain waits", false),
  PODS_APPEARED("pods that have to go are there again: the drain goes on", true),
  NODE_REPLACED(
      "the Node is not the one that was cordoned any more: it is cordoned and emptied anew", true),
  NODE_GONE("the Node was deleted: the maintenance ends here, nothing is acknowledged", true),
  MACHINE_OFF("the VM was found to be off or deleted: the maintenance ends here", false),
  OVERTAKEN("a new event overtakes the return", true),
  FOREIGN_RECORD("the record is another machine's: kept aside, nothing of it is acted on", true),
  REBOOTED("the machine was restarted since the record was written", false),
  RESUMED("the maintenance is resumed from the record", false),
  NOT_RECORDED(
      "the record cannot be written: nothing is acknowledged until it can, unless a Node has it"
          + " too",
      true),
  STALE_DOCUMENT("a document was too old when it was looked at and is not used", true),
  DRY_RUN("dry-run: nothing is touched", false),
  PEER_REMOVED("another VM is gone for good", false),
  PEER_ADDED("another VM of the group is new, or back", false),
  TOO_MANY_PEERS(
      "more VMs than can be kept in mind: the hooks of peers do not run for all of them", true),
  NOTHING_TO_RESUME("there is no drain by hand to resume from", false),
  ALREADY_DRAINING("a drain by hand is under way already", false);

  private final String text;
  private final boolean warning;

  Reason(String text, boolean warning) {
    this.text = text;
    this.warning = warning;
  }

  public String text() {
    return text;
  }

  public boolean isWarning() {
    return warning;
  }

  /** Metric label: lower case with underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
