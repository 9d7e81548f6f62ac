package io.drainwatch.drainer.context;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.ScheduledEvent;

/** The columns of drain-scripts.md 2.4: what kinds of event a script can meet. */
public enum EventColumn {
  FREEZE("Freeze"),
  REBOOT("Reboot"),
  REDEPLOY("Redeploy"),
  PREEMPT_DEALLOCATE("Preempt, Deallocate"),
  PREEMPT_DELETE("Preempt, Delete"),
  TERMINATE("Terminate"),
  /** SpotRebalanceRecommendation too: advice about a Spot machine that may be moved. */
  UNKNOWN("unknown type");

  private final String title;

  EventColumn(String title) {
    this.title = title;
  }

  /** The head of the column in 2.4. */
  public String title() {
    return title;
  }

  /**
   * The column that speaks of this event.
   *
   * @param firstSeenAsStarted no document ever called it Scheduled. A Reboot of that kind which no
   *     person asked for is a host failure: the VM comes up on another host, as by a Redeploy
   */
  public static EventColumn of(ScheduledEvent event, boolean firstSeenAsStarted, VmFacts vm) {
    return switch (kind(event)) {
      case FREEZE -> FREEZE;
      case REBOOT -> firstSeenAsStarted && !isAskedForByAPerson(event) ? REDEPLOY : REBOOT;
      case REDEPLOY -> REDEPLOY;
      case PREEMPT -> vm.isDeletedWhenEvicted() ? PREEMPT_DELETE : PREEMPT_DEALLOCATE;
      case TERMINATE -> TERMINATE;
      case SPOT_REBALANCE_RECOMMENDATION, UNKNOWN -> UNKNOWN;
    };
  }

  /** The type as received; a drain asked for on this machine without one is a Reboot. */
  static String typeOf(ScheduledEvent event) {
    boolean untypedOperator =
        event.source() == EventSource.OPERATOR && PlainText.of(event.type()).isBlank();
    return untypedOperator ? EventKind.REBOOT.word() : event.type();
  }

  private static EventKind kind(ScheduledEvent event) {
    return EventKind.of(PlainText.of(typeOf(event)));
  }

  private static boolean isAskedForByAPerson(ScheduledEvent event) {
    return switch (event.source()) {
      case USER, OPERATOR -> true;
      case PLATFORM, NODE_CONDITION, RESOURCE_GRAPH, UNKNOWN -> false;
    };
  }
}
