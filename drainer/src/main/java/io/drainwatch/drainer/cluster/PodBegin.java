package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.pods.PodPhase;
import java.util.stream.Stream;

/**
 * Whether a container of a pod has ever started. The phase alone does not tell: with several
 * containers, or with init containers, a pod is Pending while some of them are at work.
 */
final class PodBegin {
  private PodBegin() {}

  static boolean hasBegun(PodPhase phase, Fields status) {
    return phase != PodPhase.PENDING
        || Stream.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses")
            .flatMap(list -> status.list(list).stream())
            .anyMatch(PodBegin::hasStarted);
  }

  private static boolean hasStarted(Fields container) {
    return isThere(container.at("state"))
        || isThere(container.at("lastState"))
        || container.number("restartCount").orElse(0) > 0;
  }

  private static boolean isThere(Fields state) {
    return state.names().contains("running") || state.names().contains("terminated");
  }
}
