package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.evictions.EvictionObservation;
import io.drainwatch.drainer.evictions.Evictions;
import io.drainwatch.drainer.maintenance.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The work on one Node: {@code next(state, observation, now) -> (state, actions)}, a pure function
 * over immutable values.
 *
 * <ol>
 *   <li>What was observed is taken in: the core's steps by {@link Following}, the Node by {@link
 *       Reading}, answers to writes by {@link Writing}, pods by {@link Evicting} and {@link
 *       Fencing}. Whose record it is says {@link Yielding}, and whose is nobody's {@link
 *       LeftBehind}.
 *   <li>Then what is to be written next is decided ({@link Writing}, {@link GivingBack}), whom to
 *       evict ({@link Evicting}), and whether the Node is empty ({@link Fencing}).
 * </ol>
 */
public final class NodeWork {
  private final NodeSettings settings;
  private final Policy policy;
  private final Evictions evictions;
  private final Optional<Duration> lookAfter;

  /**
   * @param policy of the core: a record that is found on the Node says which events, not which
   *     rules
   */
  public NodeWork(NodeSettings settings, Policy policy) {
    this(settings, policy, Optional.empty());
  }

  private NodeWork(NodeSettings settings, Policy policy, Optional<Duration> lookAfter) {
    this.settings = settings;
    this.policy = policy;
    this.lookAfter = lookAfter;
    evictions = new Evictions(settings.evictions());
  }

  /**
   * Where somebody can tell what became of a VM: asked for once its Node has not been Ready for so
   * long in the midst of a maintenance.
   */
  public NodeWork lookingForMachines(Duration after) {
    return new NodeWork(settings, policy, Optional.of(after));
  }

  public NodeSettings settings() {
    return settings;
  }

  public NodeStep next(NodeState state, NodeObservation observation, Instant now) {
    NodeDraft draft = new NodeDraft(state, settings, now);
    switch (observation) {
      case NodeObservation.Stepped stepped -> {
        Following.take(draft, stepped);
        Reading.lookAtFirst(draft, policy);
      }
      case NodeObservation.NodeRead read -> {
        Optional<Instant> askedAt = draft.writes.readAskedAt();
        Reading.take(draft, read, policy);
        Fencing.nodeRead(draft, read, askedAt.orElse(now));
      }
      case NodeObservation.Written(var answer) -> {
        Writing.answered(draft, answer);
        Reading.lookAgain(draft, answer, policy);
      }
      case NodeObservation.Pods pods -> Evicting.seen(draft, pods);
      case NodeObservation.Budgets(var seen) -> Evicting.budgets(draft, evictions, seen);
      case NodeObservation.BudgetOpened(String namespace, String name) ->
          Evicting.feed(draft, evictions, new EvictionObservation.BudgetOpened(namespace, name));
      case NodeObservation.Listed(var listing) -> {
        Fencing.listed(draft, listing);
        Preflighting.listed(draft, listing);
      }
      case NodeObservation.Tried(var trials) -> Preflighting.tried(draft, trials);
      case NodeObservation.Attachments(var listing) -> Detaching.listed(draft, listing);
      case NodeObservation.Answered answered -> Evicting.answered(draft, evictions, answered);
      case NodeObservation.AcknowledgeAsked(var eventId, var journaled) ->
          Permitting.asked(draft, eventId, journaled);
      case NodeObservation.MachineSeen(var fate) -> Looking.answered(draft, fate);
      case NodeObservation.TermsSet(var terms) -> Evicting.onTerms(draft, terms);
      case NodeObservation.ClockStepped(var by) -> ClockShift.by(draft, by);
      case NodeObservation.Tick() -> {}
    }
    Yielding.takeUpAgain(draft);
    Reading.lookWhetherItIsThere(draft);
    Evicting.stopWhatMustStop(draft, evictions);
    if (!settings.writes()) {
      GivingBack.nothingToGiveBack(draft); // in dry-run; what stands on the Node stays
    } else if (!draft.isLost()) {
      Writing.advance(draft);
      if (settings.mode().acts()) {
        Preflighting.advance(draft);
        Detaching.advance(draft);
        Evicting.advance(draft, evictions);
        Fencing.advance(draft);
      }
    }
    if (settings.writes()) {
      lookAfter.ifPresent(after -> Looking.advance(draft, after));
    }
    Permitting.advance(draft);
    LeftBehind.look(draft, policy);
    return draft.step();
  }

  /** Whether this process sees the Node empty at this very moment. */
  public boolean seesEmpty(NodeState state, Instant now) {
    return Permitting.isEmptyNow(new NodeDraft(state, settings, now));
  }

  /** When to come back at the latest, though nothing is observed; after {@code now}. */
  public Optional<Instant> wakeAt(NodeState state, Instant now) {
    return NodeTimetable.next(state, settings, evictions, now);
  }
}
