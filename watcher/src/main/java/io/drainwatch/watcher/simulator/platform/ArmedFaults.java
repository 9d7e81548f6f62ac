package io.drainwatch.watcher.simulator.platform;

import io.drainwatch.watcher.simulator.platform.PlannedFault.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults that are waiting for requests, in the order they were set: the first one hits. */
public record ArmedFaults(List<Armed> waiting) {

  /**
   * @param left requests still to be hit; -1: not counted
   * @param until empty: not timed
   */
  public record Armed(PlannedFault planned, int left, Optional<Instant> until) {}

  /** The fault that hits a request, if any, and what waits for the next one. */
  public record Hit(Optional<PlannedFault> fault, ArmedFaults rest) {}

  private static final int NOT_COUNTED = -1;

  public ArmedFaults {
    waiting = List.copyOf(waiting);
  }

  public static ArmedFaults none() {
    return new ArmedFaults(List.of());
  }

  public ArmedFaults and(PlannedFault planned, Instant now) {
    List<Armed> longer = new ArrayList<>(waiting);
    longer.add(
        switch (planned.extent()) {
          case PlannedFault.Times(int count) -> new Armed(planned, count, Optional.empty());
          case PlannedFault.Lasting(var time) ->
              new Armed(planned, NOT_COUNTED, Optional.of(now.plus(time)));
          case PlannedFault.UntilCleared() -> new Armed(planned, NOT_COUNTED, Optional.empty());
        });
    return new ArmedFaults(longer);
  }

  public Hit hit(Target asked, Instant now) {
    List<Armed> rest = new ArrayList<>();
    Optional<PlannedFault> hit = Optional.empty();
    for (Armed armed : waiting) {
      if (armed.until().filter(until -> !now.isBefore(until)).isPresent()) {
        continue;
      }
      if (hit.isPresent() || !armed.planned().target().covers(asked)) {
        rest.add(armed);
        continue;
      }
      hit = Optional.of(armed.planned());
      if (armed.left() == NOT_COUNTED) {
        rest.add(armed);
      } else if (armed.left() > 1) {
        rest.add(new Armed(armed.planned(), armed.left() - 1, armed.until()));
      }
    }
    return new Hit(hit, new ArmedFaults(rest));
  }
}
