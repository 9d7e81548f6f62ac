package io.drainwatch.watcher.azure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A real event, made on purpose, from the order to its end: what was seen when, and what to think
 * of it. Pure; each look makes a new one.
 *
 * @param comesBack false for an eviction: nothing is waited for after it
 * @param last the newest look
 * @param operation how the order to Azure ended; empty: not yet
 */
public record Course(
    Instant begunAt,
    boolean comesBack,
    List<Step> steps,
    Sight last,
    boolean seen,
    boolean drained,
    boolean drainedFirst,
    boolean acknowledged,
    boolean started,
    Optional<Ended> operation) {

  private static final String STARTED = "MaintenanceStarted";

  /** Something that was seen. */
  public record Step(Instant at, String what) {}

  /**
   * The order's end.
   *
   * @param fault empty: done
   */
  public record Ended(Optional<String> fault) {}

  /** What to think of it. */
  public record Verdict(boolean passed, String sentence) {}

  public Course {
    steps = List.copyOf(steps);
  }

  public static Course begun(Instant at, boolean comesBack) {
    return new Course(
        at,
        comesBack,
        List.of(new Step(at, "Azure has taken the order")),
        new Sight.Nothing(),
        false,
        false,
        false,
        false,
        false,
        Optional.empty());
  }

  /** After one more look. */
  public Course seeing(Sight sight, Instant at) {
    List<Step> next = new ArrayList<>(steps);
    boolean isStarted = started;
    boolean isDrained = drained;
    boolean wasFirst = drainedFirst;
    boolean isAcknowledged = acknowledged;
    boolean isSeen = seen;
    switch (sight) {
      case Sight.Silent silent -> {
        if (!(last instanceof Sight.Silent)) {
          next.add(new Step(at, "nobody answers"));
        }
      }
      case Sight.Nothing nothing -> {
        if (last instanceof Sight.Maintained) {
          next.add(new Step(at, "the maintenance is over"));
        } else if (last instanceof Sight.Silent) {
          next.add(new Step(at, "answers again"));
        }
      }
      case Sight.Maintained now -> {
        isSeen = true;
        if (!(last instanceof Sight.Maintained before) || !before.state().equals(now.state())) {
          next.add(new Step(at, now.state()));
        }
        if (now.drained() && !isDrained) {
          isDrained = true;
          wasFirst = !isStarted;
        }
        if (now.acknowledged() && !isAcknowledged) {
          isAcknowledged = true;
          next.add(new Step(at, "acknowledged"));
        }
        isStarted |= now.state().equals(STARTED);
      }
    }
    return new Course(
        begunAt,
        comesBack,
        next,
        sight,
        isSeen,
        isDrained,
        wasFirst,
        isAcknowledged,
        isStarted,
        operation);
  }

  /** The order to Azure is over; what it did to the VM may still go on. */
  public Course ended(Ended end, Instant at) {
    List<Step> next = new ArrayList<>(steps);
    next.add(new Step(at, end.fault().map(why -> "Azure: " + why).orElse("Azure has done it")));
    return new Course(
        begunAt,
        comesBack,
        next,
        last,
        seen,
        drained,
        drainedFirst,
        acknowledged,
        started,
        Optional.of(end));
  }

  /** Nothing more is to come. */
  public boolean isOver() {
    if (operation.flatMap(Ended::fault).isPresent()) {
      return true;
    }
    return comesBack
        ? seen && last instanceof Sight.Nothing && operation.isPresent()
        : seen && (started || (drained && last instanceof Sight.Silent));
  }

  public Verdict verdict() {
    Optional<String> fault = operation.flatMap(Ended::fault);
    if (fault.isPresent()) {
      return new Verdict(false, "Azure did not do it: " + fault.get());
    }
    if (!seen) {
      return new Verdict(
          false,
          "No maintenance was seen: nobody watches that VM, or another one was asked. See"
              + " drainwatch doctor there.");
    }
    if (!drained) {
      return new Verdict(false, "It was not drained: see drainwatch history there for why.");
    }
    if (!drainedFirst) {
      return new Verdict(false, "It began before the drain was through.");
    }
    if (!isOver()) {
      return new Verdict(false, "Drained in time, but it has not come back yet.");
    }
    return new Verdict(
        true,
        "Drained before it began"
            + (acknowledged
                ? ", acknowledged"
                : "; nobody acknowledged it, so it waited for its time")
            + (comesBack ? ", and back in service." : "."));
  }

  /** A line for each step, with the time since the order. */
  public List<String> lines() {
    return steps.stream().map(this::line).toList();
  }

  private String line(Step step) {
    Duration since = Duration.between(begunAt, step.at());
    return "%5d s  %s".formatted(since.toSeconds(), step.what());
  }
}
