package io.drainwatch.drainer.maintenance;

import java.util.List;

/**
 * Which events an episode goes by: those that take the machine out of service and are acted on;
 * while all of these still wait for start-before or window, those that are only observed; with
 * neither, those that wait.
 *
 * <p>So a Freeze that is only looked at has its hooks while a Redeploy of next week waits, and no
 * say while the machine is drained for something else.
 */
final class Acting {
  private Acting() {}

  static List<TrackedEvent> among(List<TrackedEvent> events) {
    List<TrackedEvent> active =
        events.stream()
            .filter(TrackedEvent::takesOutOfService)
            .filter(TrackedEvent::active)
            .toList();
    if (!active.isEmpty()) {
      return active;
    }
    List<TrackedEvent> observed =
        events.stream().filter(each -> !each.takesOutOfService()).toList();
    return observed.isEmpty() ? events : observed;
  }
}
