package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.maintenance.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The platform: two events, and what becomes of them if nobody disturbs.
 *
 * @param plot still to come
 * @param polls still to come without any other cause: a document counts by its second reading
 */
record Azure(List<Platform> events, List<Turning> plot, int polls, Instant nextPoll) {
  static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
  private static final Duration BETWEEN_POLLS = Duration.ofSeconds(1);
  private static final int A = 0;
  private static final int B = 1;

  /** An event becomes something by itself. */
  record Turning(Instant at, int which, Platform.Status to) {}

  /** What becomes of the events by itself. */
  enum Plot {
    /** The maintenance takes place. */
    LIFE(turning(14, A, Platform.Status.STARTED), turning(20, A, Platform.Status.GONE)),
    /** It is called off in the middle of the evictions. */
    CANCELLED(turning(6, A, Platform.Status.GONE)),
    /** Something more urgent joins, and takes place. */
    URGENT(
        turning(3, B, Platform.Status.SCHEDULED),
        turning(16, B, Platform.Status.STARTED),
        turning(20, B, Platform.Status.GONE),
        turning(24, A, Platform.Status.GONE));

    private final List<Turning> turnings;

    Plot(Turning... turnings) {
      this.turnings = List.of(turnings);
    }

    private static Turning turning(int seconds, int which, Platform.Status to) {
      return new Turning(START.plusSeconds(seconds), which, to);
    }
  }

  Azure {
    events = List.copyOf(events);
    plot = List.copyOf(plot);
  }

  static Azure of(Plot plot) {
    return new Azure(
        List.of(
            Platform.notYet("A", "Reboot", Duration.ofMinutes(2)).scheduled(START),
            Platform.notYet("B", "Preempt", Duration.ofSeconds(30))),
        plot.turnings,
        2,
        START);
  }

  Document document(Instant now) {
    return new Document(
        OptionalLong.empty(), events.stream().flatMap(Platform::event).toList(), now);
  }

  boolean isOver() {
    return events.stream().noneMatch(Platform::stands) && polls == 0 && plot.isEmpty();
  }

  Stream<Instant> due() {
    return Stream.concat(
        plot.stream().limit(1).map(Turning::at), polls > 0 ? Stream.of(nextPoll) : Stream.of());
  }

  boolean isDue(Instant now) {
    return due().anyMatch(at -> !at.isAfter(now));
  }

  /** What is due has come; the document is to be read. */
  Azure at(Instant now) {
    Optional<Turning> turning = plot.stream().findFirst().filter(it -> !it.at().isAfter(now));
    return turning
        .map(it -> turned(it, now))
        .orElseGet(() -> new Azure(events, plot, polls - 1, now.plus(BETWEEN_POLLS)));
  }

  // where a disturbance was quicker it is left out
  private Azure turned(Turning turning, Instant now) {
    Azure after = new Azure(events, plot.subList(1, plot.size()), polls, nextPoll);
    return events
        .get(turning.which())
        .moves(now)
        .filter(next -> next.status() == turning.to())
        .findFirst()
        .map(next -> after.with(turning.which(), next, now))
        .orElse(after);
  }

  private Azure with(int which, Platform next, Instant now) {
    List<Platform> then = new ArrayList<>(events);
    then.set(which, next);
    return new Azure(then, plot, 1, now.plus(BETWEEN_POLLS));
  }

  /** Whoever begins reads twice. */
  Azure readAnew(Instant now) {
    return new Azure(events, plot, 2, now);
  }

  /** What may become of the events. */
  List<Azure> moves(Instant now) {
    List<Azure> all = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      int which = i;
      events.get(i).moves(now).forEach(next -> all.add(with(which, next, now)));
    }
    return all;
  }

  /** Who was evicted by the platform comes back with another boot, if at all. */
  boolean hasRebootedSince(Azure before) {
    Platform was = before.events.get(B);
    return was.status() == Platform.Status.STARTED
        && events.get(B).status() == Platform.Status.GONE;
  }

  @Override
  public String toString() {
    return events.stream().map(each -> each.id() + " " + each.status()).toList().toString();
  }
}
