package io.drainwatch.drainer.nodes;

import io.drainwatch.drainer.maintenance.MachineFate;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.time.Instant;
import java.util.Optional;

/**
 * How far an episode is.
 *
 * @param since when the state was entered
 * @param startedAt when the drain began; the force points' headroom is reckoned from it
 * @param deadline recorded; a successor goes on with it
 * @param heartbeat the Node's own heartbeat as it read when the event was first missing: only a
 *     later one is of after the maintenance
 * @param fate what became of the machine, where somebody told; one that is the end stays
 * @param milestones what people are told of
 */
public record Progress(
    MaintenanceState state,
    Phase phase,
    Instant since,
    Optional<Instant> startedAt,
    Optional<Instant> deadline,
    HeldBy held,
    Optional<Instant> heartbeat,
    Optional<MachineFate> fate,
    Milestones milestones) {

  /** Of a machine that nobody asked after. */
  public Progress(
      MaintenanceState state,
      Phase phase,
      Instant since,
      Optional<Instant> startedAt,
      Optional<Instant> deadline,
      HeldBy held,
      Optional<Instant> heartbeat) {
    this(state, phase, since, startedAt, deadline, held, heartbeat, Optional.empty());
  }

  /** Of which no more is known. */
  public Progress(
      MaintenanceState state,
      Phase phase,
      Instant since,
      Optional<Instant> startedAt,
      Optional<Instant> deadline,
      HeldBy held,
      Optional<Instant> heartbeat,
      Optional<MachineFate> fate) {
    this(state, phase, since, startedAt, deadline, held, heartbeat, fate, Milestones.NONE);
  }

  public static Progress begun(Instant now, Optional<Instant> deadline) {
    return new Progress(
        MaintenanceState.MAINTENANCE_SCHEDULED,
        Phase.WAITING,
        now,
        Optional.empty(),
        deadline,
        HeldBy.NOTHING,
        Optional.empty());
  }

  public Progress entered(MaintenanceState next, Phase nextPhase, Instant now) {
    return new Progress(
        next, nextPhase, now, startedAt, deadline, held, heartbeat, fate, milestones);
  }

  public Progress heldBy(HeldBy by) {
    return new Progress(state, phase, since, startedAt, deadline, by, heartbeat, fate, milestones);
  }

  /** The event is missing for the first time: from here on a heartbeat must be newer. */
  public Progress withHeartbeat(Optional<Instant> noted) {
    return new Progress(state, phase, since, startedAt, deadline, held, noted, fate, milestones);
  }

  public Progress withFate(Optional<MachineFate> found) {
    return new Progress(
        state, phase, since, startedAt, deadline, held, heartbeat, found, milestones);
  }

  public Progress with(Milestones changed) {
    return new Progress(state, phase, since, startedAt, deadline, held, heartbeat, fate, changed);
  }

  /** The machine is off or deleted, and nobody waits for it. */
  public boolean isOff() {
    return state == MaintenanceState.MAINTENANCE_STARTED
        && fate.filter(MachineFate::isTheEnd).isPresent();
  }
}
