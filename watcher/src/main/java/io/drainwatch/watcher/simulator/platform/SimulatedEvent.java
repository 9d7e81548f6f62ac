package io.drainwatch.watcher.simulator.platform;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One event and how far it has come. Scheduled, then Started, then gone; or Scheduled, then
 * cancelled. Any other move is a bug and throws IllegalStateException.
 *
 * @param id the same for its whole life
 * @param resources VM names as the document shows them
 * @param notBefore empty for advice and for an event that started at once
 * @param acknowledgedAt the first acknowledgement; later ones change nothing
 */
public record SimulatedEvent(
    String id,
    EventPlan plan,
    List<String> resources,
    Stage stage,
    Instant scheduledAt,
    Optional<Instant> notBefore,
    Optional<Instant> acknowledgedAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt) {

  /** Where in its life an event is; the first two are in the document. */
  public enum Stage {
    SCHEDULED("Scheduled"),
    STARTED("Started"),
    GONE("gone"),
    CANCELLED("cancelled");

    private final String word;

    Stage(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  public SimulatedEvent {
    resources = List.copyOf(resources);
  }

  static SimulatedEvent scheduled(String id, EventPlan plan, List<String> resources, Instant at) {
    Optional<Instant> notBefore =
        plan.isAdvice() || plan.startsAtOnce()
            ? Optional.empty()
            : Optional.of(at.plus(plan.notice()));
    return new SimulatedEvent(
        id,
        plan,
        resources,
        Stage.SCHEDULED,
        at,
        notBefore,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public boolean isScheduled() {
    return stage == Stage.SCHEDULED;
  }

  public boolean isStarted() {
    return stage == Stage.STARTED;
  }

  public boolean isAcknowledged() {
    return acknowledgedAt.isPresent();
  }

  /** Ids are compared without case; a handle exactly. */
  public boolean isCalled(String idOrName) {
    return id.equalsIgnoreCase(idOrName) || plan.name().filter(idOrName::equals).isPresent();
  }

  SimulatedEvent acknowledged(Instant at) {
    return isAcknowledged() ? this : moved(stage, Optional.of(at), startedAt, endedAt);
  }

  SimulatedEvent started(Instant at) {
    demand(Stage.SCHEDULED, "start");
    return moved(Stage.STARTED, acknowledgedAt, Optional.of(at), endedAt);
  }

  SimulatedEvent gone(Instant at) {
    demand(plan.isAdvice() ? Stage.SCHEDULED : Stage.STARTED, "end");
    return moved(Stage.GONE, acknowledgedAt, startedAt, Optional.of(at));
  }

  SimulatedEvent cancelled(Instant at) {
    demand(Stage.SCHEDULED, "be cancelled");
    return moved(Stage.CANCELLED, acknowledgedAt, startedAt, Optional.of(at));
  }

  private void demand(Stage wanted, String verb) {
    if (stage != wanted) {
      throw new IllegalStateException(
          "event " + id + " is " + stage.word() + " and cannot " + verb);
    }
  }

  private SimulatedEvent moved(
      Stage to,
      Optional<Instant> acknowledged,
      Optional<Instant> started,
      Optional<Instant> ended) {
    return new SimulatedEvent(
        id, plan, resources, to, scheduledAt, notBefore, acknowledged, started, ended);
  }

  /** When the acknowledgement would let it start; empty without one. */
  Optional<Instant> approvedFrom() {
    return plan.isAdvice()
        ? Optional.empty()
        : acknowledgedAt.map(at -> at.plus(plan.approvalDelay()));
  }

  Optional<Instant> endDue() {
    return isStarted() ? startedAt.map(at -> at.plus(plan.startedFor())) : Optional.empty();
  }

  Optional<Instant> cancelDue() {
    return isScheduled() ? plan.cancelAfter().map(scheduledAt::plus) : Optional.empty();
  }
}
