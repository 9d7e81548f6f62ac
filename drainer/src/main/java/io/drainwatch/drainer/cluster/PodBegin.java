package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.pods.PodPhase;
import java.util.Set;
import java.util.stream.Collectors;
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

  /**
   * Whether it is beyond its preparations, or in the middle of them. An init container that goes on
   * running beside the others (a sidecar) does nothing of the pod's own work.
   */
  static boolean isAtWork(PodPhase phase, Fields spec, Fields status) {
    Set<String> sidecars =
        spec.list("initContainers").stream()
            .filter(each -> each.text("restartPolicy").equals("Always"))
            .map(each -> each.text("name"))
            .collect(Collectors.toSet());
    return phase != PodPhase.PENDING
        || status.list("containerStatuses").stream().anyMatch(PodBegin::hasStarted)
        || status.list("initContainerStatuses").stream()
            .filter(each -> !sidecars.contains(each.text("name")))
            .anyMatch(each -> each.at("state").names().contains("running"));
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
