package io.drainwatch.drainer.maintenance;

import java.time.Duration;

/**
 * What the operator decided, for the core.
 *
 * @param emptyRun how long an unbroken run of empty answers lasts until it counts as one valid
 *     document without events
 */
public record LifecycleSettings(
    Policy policy,
    SharedAcknowledgement shared,
    DryRun dryRun,
    HookSettings hooks,
    Windows windows,
    Duration emptyRun) {
  public static final Duration DEFAULT_EMPTY_RUN = Duration.ofMinutes(2);

  /** A document older than this when it is looked at justifies nothing (I10). */
  static final Duration STALE_AFTER = Duration.ofSeconds(30);

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
    return new LifecycleSettings(other, shared, dryRun, hooks, windows, emptyRun);
  }

  public LifecycleSettings withShared(SharedAcknowledgement other) {
    return new LifecycleSettings(policy, other, dryRun, hooks, windows, emptyRun);
  }

  public LifecycleSettings withDryRun(DryRun other) {
    return new LifecycleSettings(policy, shared, other, hooks, windows, emptyRun);
  }

  public LifecycleSettings withHooks(HookSettings other) {
    return new LifecycleSettings(policy, shared, dryRun, other, windows, emptyRun);
  }

  public LifecycleSettings withWindows(Windows other) {
    return new LifecycleSettings(policy, shared, dryRun, hooks, other, emptyRun);
  }
}
