package io.drainwatch.watcher.simulator.platform;

import io.drainwatch.drainer.maintenance.EventKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An event as it is asked for. What is left open is as the platform usually does it
 * (azure-scheduled-events.md, sections 4 and 5).
 *
 * @param name a handle for later orders; never in the document
 * @param id empty: the simulator takes the next one of its id source
 * @param type as in the document; may be one that nobody knows
 * @param resources empty: the simulator's own VM; an empty list: an event that names no VM
 * @param source {@code Platform} or {@code User}; what a real Terminate says is not documented
 * @param duration expected interruption, whole seconds; empty is -1, unknown
 * @param notice from publication to NotBefore
 * @param startsAtOnce never Scheduled: a host failure, or a user's event with automatic approval
 * @param approvalDelay from the first acknowledgement to Started
 * @param startedFor from Started until it leaves the document
 * @param cancelAfter from publication, if still Scheduled then
 */
public record EventPlan(
    Optional<String> name,
    Optional<String> id,
    String type,
    Optional<List<String>> resources,
    String source,
    String description,
    Optional<Duration> duration,
    Duration notice,
    boolean startsAtOnce,
    Duration approvalDelay,
    Duration startedFor,
    Optional<Duration> cancelAfter,
    Impact impact) {

  public EventPlan {
    if (type.isBlank()) {
      throw new IllegalArgumentException("an event needs a type");
    }
    id.filter(String::isBlank)
        .ifPresent(
            blank -> {
              throw new IllegalArgumentException("an event's id cannot be blank");
            });
    if (startsAtOnce && isAdvice(type)) {
      throw new IllegalArgumentException(type + " is advice and never starts, so not at once");
    }
    refuseNegative("notice", notice);
    refuseNegative("approval delay", approvalDelay);
    refuseNegative("time in Started", startedFor);
    duration.ifPresent(given -> refuseNegative("duration", given));
    cancelAfter.ifPresent(given -> refuseNegative("time until it is cancelled", given));
    resources = resources.map(List::copyOf);
  }

  private static void refuseNegative(String what, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("an event's " + what + " cannot be negative: " + value);
    }
  }

  public EventKind kind() {
    return EventKind.of(type);
  }

  /** Advice has no NotBefore, never starts, and acknowledging it has no effect. */
  public boolean isAdvice() {
    return isAdvice(type);
  }

  private static boolean isAdvice(String type) {
    return EventKind.of(type) == EventKind.SPOT_REBALANCE_RECOMMENDATION;
  }

  /** An event of this type with the platform's usual notice, duration and consequence. */
  public static Builder ofType(String type) {
    return new Builder(type);
  }

  public Builder toBuilder() {
    Builder builder = new Builder(type);
    builder.name = name;
    builder.id = id;
    builder.resources = resources;
    builder.source = source;
    builder.description = description;
    builder.duration = duration;
    builder.notice = notice;
    builder.startsAtOnce = startsAtOnce;
    builder.approvalDelay = approvalDelay;
    builder.startedFor = startedFor;
    builder.cancelAfter = cancelAfter;
    builder.impact = impact;
    return builder;
  }

  /** Fills in a plan; used by one thread. */
  public static final class Builder {
    private final String type;
    private Optional<String> name = Optional.empty();
    private Optional<String> id = Optional.empty();
    private Optional<List<String>> resources = Optional.empty();
    private String source = "Platform";
    private String description;
    private Optional<Duration> duration;
    private Duration notice;
    private boolean startsAtOnce;
    private Duration approvalDelay = Duration.ZERO;
    private Duration startedFor;
    private Optional<Duration> cancelAfter = Optional.empty();
    private Impact impact;

    private Builder(String type) {
      EventKind kind = EventKind.of(type);
      this.type = type;
      this.description =
          switch (kind) {
            case FREEZE, REBOOT -> "Host server is undergoing maintenance.";
            case REDEPLOY -> "Host server is undergoing an emergency repair.";
            case PREEMPT, TERMINATE, SPOT_REBALANCE_RECOMMENDATION, UNKNOWN -> "";
          };
      this.duration =
          kind == EventKind.FREEZE ? Optional.of(Duration.ofSeconds(9)) : Optional.empty();
      this.notice = kind.minimumNotice().orElse(Duration.ZERO);
      this.startedFor = kind == EventKind.FREEZE ? Duration.ofMinutes(5) : Duration.ofMinutes(10);
      this.impact =
          switch (kind) {
            case FREEZE, SPOT_REBALANCE_RECOMMENDATION, UNKNOWN -> new Impact.Stays();
            case REBOOT, REDEPLOY -> new Impact.Returns(Duration.ofMinutes(1));
            case PREEMPT, TERMINATE -> new Impact.Gone();
          };
    }

    public Builder name(String name) {
      this.name = Optional.of(name);
      return this;
    }

    public Builder id(String id) {
      this.id = Optional.of(id);
      return this;
    }

    /** Names these VMs; none at all if called with none. */
    public Builder on(String... vms) {
      return on(Arrays.asList(vms));
    }

    public Builder on(List<String> vms) {
      this.resources = Optional.of(List.copyOf(vms));
      return this;
    }

    public Builder source(String source) {
      this.source = source;
      return this;
    }

    public Builder description(String description) {
      this.description = description;
      return this;
    }

    /** The expected interruption; empty is -1, unknown. */
    public Builder duration(Optional<Duration> duration) {
      this.duration = duration;
      return this;
    }

    public Builder notice(Duration notice) {
      this.notice = notice;
      return this;
    }

    public Builder startsAtOnce() {
      this.startsAtOnce = true;
      return this;
    }

    public Builder approvalDelay(Duration approvalDelay) {
      this.approvalDelay = approvalDelay;
      return this;
    }

    public Builder startedFor(Duration startedFor) {
      this.startedFor = startedFor;
      return this;
    }

    public Builder cancelAfter(Duration cancelAfter) {
      this.cancelAfter = Optional.of(cancelAfter);
      return this;
    }

    public Builder impact(Impact impact) {
      this.impact = impact;
      return this;
    }

    public EventPlan build() {
      return new EventPlan(
          name,
          id,
          type,
          resources,
          source,
          description,
          duration,
          notice,
          startsAtOnce,
          approvalDelay,
          startedFor,
          cancelAfter,
          impact);
    }
  }
}
