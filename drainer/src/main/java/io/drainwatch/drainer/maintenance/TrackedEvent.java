package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An event that belongs to the episode, and what became of it.
 *
 * @param event as last seen; once Started it never reads as Scheduled again
 * @param rule the policy rule in force since it was first seen
 * @param notBefore the last readable one; the platform empties it once Started
 * @param margin already cut to a fifth of the notice as first seen
 * @param deadline this event's own: NotBefore less the margin
 * @param absentFrom valid documents in a row without it; 2 means gone, and gone is for good
 * @param active whether the episode acts on it: far-off events wait for start-before and window
 * @param drained whether Drained is recorded for this very event
 * @param named how many maintenances were named after it so far
 */
public record TrackedEvent(
    ScheduledEvent event,
    Rule rule,
    Instant firstSeen,
    boolean firstSeenAsStarted,
    Optional<Instant> notBefore,
    Duration margin,
    Optional<Instant> deadline,
    int absentFrom,
    boolean active,
    boolean drained,
    Acknowledgement acknowledgement,
    int named) {

  /** So many valid documents in a row without an event mean that it is over. */
  public static final int GONE_AFTER = 2;

  /** An event's text longer than this is not kept in the record. */
  static final int MOST_RAW_CHARACTERS = 16_384;

  static TrackedEvent firstSeen(ScheduledEvent event, Rule rule, Instant now) {
    Duration margin = Deadlines.margin(event, rule, now);
    return new TrackedEvent(
        withBoundedText(event),
        rule,
        now,
        event.isStarted(),
        event.notBefore(),
        margin,
        Deadlines.of(event, event.notBefore(), margin, now),
        0,
        false,
        false,
        Acknowledgement.NONE,
        0);
  }

  /** Of a maintenance that another tool had begun: acted on already. */
  public static TrackedEvent takenOver(ScheduledEvent event, Rule rule, Instant now) {
    return firstSeen(event, rule, now).activated();
  }

  public boolean isGone() {
    return absentFrom >= GONE_AFTER;
  }

  public boolean isInNewestDocument() {
    return absentFrom == 0;
  }

  public boolean hasStarted() {
    return event.isStarted();
  }

  public boolean takesOutOfService() {
    return rule.action().takesOutOfService();
  }

  /** Whoever drains the machine has to allow its acknowledgement; others wait for nobody. */
  public boolean isAcknowledgedByDrain() {
    return takesOutOfService() && rule.acknowledge() != AcknowledgeWhen.IMMEDIATELY;
  }

  /** Asked for by the core alone, where nobody was told of the drain that it waits for. */
  boolean isOnlyAskedFor(boolean drainWasTold) {
    return !drainWasTold && isAcknowledgedByDrain() && acknowledgement.isFirstUnderWay();
  }

  TrackedEvent seenAgain(ScheduledEvent newest) {
    if (isGone()) {
      return this;
    }
    ScheduledEvent now =
        withBoundedText(event.isStarted() ? with(newest, EventStatus.STARTED) : newest);
    Optional<Instant> known = newest.notBefore().or(() -> notBefore);
    return new TrackedEvent(
        now,
        rule,
        firstSeen,
        firstSeenAsStarted,
        known,
        margin,
        Deadlines.of(now, known, margin, firstSeen),
        0,
        active,
        drained,
        acknowledgement,
        named);
  }

  // Started never goes back to Scheduled, whatever a document says.
  private static ScheduledEvent with(ScheduledEvent newest, EventStatus status) {
    return with(newest, status, newest.raw());
  }

  private static ScheduledEvent withBoundedText(ScheduledEvent event) {
    return event.raw().map(String::length).orElse(0) <= MOST_RAW_CHARACTERS
        ? event
        : with(event, event.status(), Optional.empty());
  }

  private static ScheduledEvent with(
      ScheduledEvent newest, EventStatus status, Optional<String> raw) {
    return new ScheduledEvent(
        newest.id(),
        newest.hasPlatformId(),
        newest.type(),
        status,
        newest.source(),
        newest.resourceType(),
        newest.resources(),
        newest.notBefore(),
        newest.duration(),
        newest.description(),
        raw);
  }

  /**
   * A moment of ours: reckoned from when we first saw it, or from when an operator asked. What the
   * platform says is at a moment of the wall clock.
   */
  boolean isReckonedFromNow() {
    return event.source() == EventSource.OPERATOR || notBefore.isEmpty();
  }

  /** By the clock as it is since it was set; NotBefore and what follows from it stay. */
  TrackedEvent shifted(Duration by) {
    boolean isOurs = isReckonedFromNow();
    boolean isAsked = event.source() == EventSource.OPERATOR;
    return new TrackedEvent(
        isAsked ? event.withNotBefore(event.notBefore().map(at -> at.plus(by))) : event,
        rule,
        firstSeen.plus(by),
        firstSeenAsStarted,
        isAsked ? notBefore.map(at -> at.plus(by)) : notBefore,
        margin,
        isOurs ? deadline.map(at -> at.plus(by)) : deadline,
        absentFrom,
        active,
        drained,
        acknowledgement.shifted(by),
        named);
  }

  /** Nobody saw it start, and it must have: the machine is off. */
  TrackedEvent startedUnseen() {
    return changed(
        with(event, EventStatus.STARTED), absentFrom, active, drained, acknowledgement, named);
  }

  TrackedEvent missing() {
    return withAbsentFrom(Math.min(GONE_AFTER, absentFrom + 1));
  }

  TrackedEvent gone() {
    return withAbsentFrom(GONE_AFTER);
  }

  private TrackedEvent withAbsentFrom(int documents) {
    return changed(event, documents, active, drained, acknowledgement, named);
  }

  TrackedEvent activated() {
    return with(true, drained, acknowledgement);
  }

  /** Taken over by another episode: known as it was, but neither acted on nor drained. */
  TrackedEvent carriedOver() {
    return with(false, false, acknowledgement);
  }

  /** A maintenance begins that is named after it, for the n-th time. */
  TrackedEvent named(int times) {
    return changed(event, absentFrom, active, drained, acknowledgement, times);
  }

  boolean isSameEventAs(TrackedEvent other) {
    return event.key().equals(other.event.key());
  }

  TrackedEvent drainedNow() {
    return with(active, true, acknowledgement);
  }

  TrackedEvent notDrained() {
    return with(active, false, acknowledgement);
  }

  TrackedEvent with(Acknowledgement changed) {
    return with(active, drained, changed);
  }

  private TrackedEvent with(boolean isActive, boolean isDrained, Acknowledgement tried) {
    return changed(event, absentFrom, isActive, isDrained, tried, named);
  }

  private TrackedEvent changed(
      ScheduledEvent seen,
      int documents,
      boolean isActive,
      boolean isDrained,
      Acknowledgement tried,
      int times) {
    return new TrackedEvent(
        seen,
        rule,
        firstSeen,
        firstSeenAsStarted,
        notBefore,
        margin,
        deadline,
        documents,
        isActive,
        isDrained,
        tried,
        times);
  }
}
