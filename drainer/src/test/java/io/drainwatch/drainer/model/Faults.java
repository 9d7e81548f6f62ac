package io.drainwatch.drainer.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which requests go wrong, how, and how often. Those planned first go first. */
public final class Faults {
  private final InstantSource time;
  private final List<Planned> planned = new ArrayList<>();

  Faults(InstantSource time) {
    this.time = time;
  }

  private static final class Planned {
    final Predicate<ModelRequest> which;
    final Fault fault;
    Optional<Instant> until;
    Optional<Duration> lasts = Optional.empty();
    int left;

    Planned(Predicate<ModelRequest> which, Fault fault, Optional<Instant> until, int left) {
      this.which = which;
      this.fault = fault;
      this.until = until;
      this.left = left;
    }
  }

  public void once(Verb verb, Fault fault) {
    times(verb, fault, 1);
  }

  public void times(Verb verb, Fault fault, int times) {
    plan(ofVerb(verb), fault, Optional.empty(), times);
  }

  public void during(Verb verb, Fault fault, Duration time) {
    plan(ofVerb(verb), fault, Optional.of(this.time.instant().plus(time)), Integer.MAX_VALUE);
  }

  /** From the first such request on, for so long. */
  public void fromTheFirst(Verb verb, Fault fault, Duration time) {
    plan(ofVerb(verb), fault, Optional.empty(), Integer.MAX_VALUE);
    planned.getLast().lasts = Optional.of(time);
  }

  public void forever(Verb verb, Fault fault) {
    plan(ofVerb(verb), fault, Optional.empty(), Integer.MAX_VALUE);
  }

  /** Every request that is such, until {@link #heal}. */
  public void forever(Predicate<ModelRequest> which, Fault fault) {
    plan(which, fault, Optional.empty(), Integer.MAX_VALUE);
  }

  /** The next so many requests that are such. */
  public void times(Predicate<ModelRequest> which, Fault fault, int times) {
    plan(which, fault, Optional.empty(), times);
  }

  /** Every request, until {@link #heal}: the API is down. */
  public void everything(Fault fault) {
    plan(any -> true, fault, Optional.empty(), Integer.MAX_VALUE);
  }

  /** All is well from now on. */
  public void heal() {
    planned.clear();
  }

  private void plan(Predicate<ModelRequest> which, Fault fault, Optional<Instant> until, int left) {
    planned.add(new Planned(which, fault, until, left));
  }

  private static Predicate<ModelRequest> ofVerb(Verb verb) {
    return request -> request.verb() == verb;
  }

  /** Whether this fault is what happens to it next; if so it has happened. */
  boolean next(ModelRequest request, Fault fault) {
    return planned.stream()
            .filter(each -> each.which.test(request))
            .findFirst()
            .filter(each -> each.fault == fault)
            .isPresent()
        && next(request).isPresent();
  }

  Optional<Fault> next(ModelRequest request) {
    Instant now = time.instant();
    planned.removeIf(
        each -> each.left <= 0 || each.until.filter(end -> !now.isBefore(end)).isPresent());
    for (Planned each : planned) {
      if (each.which.test(request)) {
        each.until = each.until.or(() -> each.lasts.map(now::plus));
        if (each.left != Integer.MAX_VALUE) {
          each.left--;
        }
        return Optional.of(each.fault);
      }
    }
    return Optional.empty();
  }
}
