package io.drainwatch.drainer.maintenance;

import java.time.Duration;

/**
 * What the operator decided, for the core.
 *
 * @param emptyRun how long an unbroken run of empty answers lasts until it counts as one valid
 *     document without events
 * @param othersJudgedElsewhere whoever drains the Nodes sees the records of the other VMs that an
 *     event names, and holds an acknowledgement back until they allow it; {@code shared} is then
 *     that one's affair, but for events whose acknowledgement waits for no drain
 * @param recordFoundWithin how long after a start a record of this machine may still be found on
 *     its Node, which knows more of an episode than what was begun in the meantime
 */
public record LifecycleSettings(
    Policy policy,
    SharedAcknowledgement shared,
    DryRun dryRun,
    HookSettings hooks,
    Windows windows,
    Duration emptyRun,
    boolean othersJudgedElsewhere,
    Duration recordFoundWithin) {
  public static final Duration DEFAULT_EMPTY_RUN = Duration.ofMinutes(2);

  private static final Duration RECORD_FOUND_WITHIN = Duration.ofSeconds(10);

  /** A document older than this when it is looked at justifies nothing (I10). */
  static final Duration STALE_AFTER = Duration.ofSeconds(30);

  /** For who drains a machine by itself. */
  public LifecycleSettings(
      Policy policy,
      SharedAcknowledgement shared,
      DryRun dryRun,
      HookSettings hooks,
      Windows windows,
      Duration emptyRun) {
    this(policy, shared, dryRun, hooks, windows, emptyRun, false, Duration.ZERO);
  }

  public static LifecycleSettings defaults() {
    return new LifecycleSettings(
        Policy.defaults(),
        SharedAcknowledgement.NEVER,
        DryRun.OFF,
        HookSettings.defaults(),
        Windows.ALWAYS_OPEN,
        DEFAULT_EMPTY_RUN);
  }

  public LifecycleSettings withPolicy(Policy other) {
    return new LifecycleSettings(
        other, shared, dryRun, hooks, windows, emptyRun, othersJudgedElsewhere, recordFoundWithin);
  }

  public LifecycleSettings withShared(SharedAcknowledgement other) {
    return new LifecycleSettings(
        policy, other, dryRun, hooks, windows, emptyRun, othersJudgedElsewhere, recordFoundWithin);
  }

  public LifecycleSettings withDryRun(DryRun other) {
    return new LifecycleSettings(
        policy, shared, other, hooks, windows, emptyRun, othersJudgedElsewhere, recordFoundWithin);
  }

  public LifecycleSettings withHooks(HookSettings other) {
    return new LifecycleSettings(
        policy, shared, dryRun, other, windows, emptyRun, othersJudgedElsewhere, recordFoundWithin);
  }

  public LifecycleSettings withWindows(Windows other) {
    return new LifecycleSettings(
        policy, shared, dryRun, hooks, other, emptyRun, othersJudgedElsewhere, recordFoundWithin);
  }

  /** For the watcher of a Node that is drained from elsewhere. */
  public LifecycleSettings withOthersJudgedElsewhere() {
    return new LifecycleSettings(
        policy, shared, dryRun, hooks, windows, emptyRun, true, recordFoundWithin);
  }

  /** For who sees a Node, and so the record on it, before it hears of any event. */
  public LifecycleSettings withRecordSeenFirst() {
    return new LifecycleSettings(
        policy, shared, dryRun, hooks, windows, emptyRun, othersJudgedElsewhere, Duration.ZERO);
  }

  /** For the daemon of a Node: a journal is there, or the record on the Node. */
  public LifecycleSettings withRecordOnNode() {
    return new LifecycleSettings(
        policy,
        shared,
        dryRun,
        hooks,
        windows,
        emptyRun,
        othersJudgedElsewhere,
        RECORD_FOUND_WITHIN);
  }
}
