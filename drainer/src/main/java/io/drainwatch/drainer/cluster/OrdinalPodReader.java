package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.OrdinalName;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.ScaleDownKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A pod as the clean-up behind a StatefulSet sees it. */
final class OrdinalPodReader {
  private static final int LONGEST_TOLD = 300;

  private OrdinalPodReader() {}

  /** Empty: its name ends with no ordinal. */
  static Optional<OrdinalPod> read(JsonNode json) {
    Fields pod = Fields.of(json);
    Fields metadata = pod.at("metadata");
    Fields status = pod.at("status");
    String name = metadata.text("name");
    String uid = metadata.text("uid");
    if (uid.isBlank() || OrdinalName.of(name).isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> annotations = metadata.map("annotations");
    Optional<String> controller =
        metadata.list("ownerReferences").stream()
            .filter(each -> each.flag("controller"))
            .map(each -> each.text("uid"))
            .findFirst();
    Optional<OrdinalPod.Owner> owner = OrdinalPod.Owner.of(annotations, controller.isPresent());
    PodPhase phase = PodPhase.of(status.text("phase"));
    List<Fields> containers =
        Stream.concat(
                status.list("initContainerStatuses").stream(),
                status.list("containerStatuses").stream())
            .toList();
    return Optional.of(
        new OrdinalPod(
            metadata.text("namespace"),
            name,
            uid,
            metadata.text("resourceVersion"),
            phase,
            metadata.moment("deletionTimestamp").isPresent(),
            owner,
            controller,
            owner.isEmpty() && controller.isEmpty() ? metadata.map("labels") : Map.of(),
            // one that does not tell is taken for old, so no claim counts as its work
            metadata.moment("creationTimestamp").orElse(Instant.EPOCH),
            phase.isFinished() ? end(status, containers) : Optional.empty(),
            restarts(containers),
            attempt(annotations),
            pod.at("spec").text("nodeName"),
            PodBegin.hasBegun(phase, status),
            PodBegin.isAtWork(phase, pod.at("spec"), status),
            owner.isPresent() ? annotations.getOrDefault(ScaleDownKeys.MADE_FROM, "") : "",
            owner.isPresent() ? Line.cut(told(phase, status, containers), LONGEST_TOLD) : ""));
  }

  private static Optional<Instant> end(Fields status, List<Fields> containers) {
    Optional<Instant> last =
        containers.stream()
            .flatMap(each -> each.at("state").at("terminated").moment("finishedAt").stream())
            .max(Comparator.naturalOrder());
    // an evicted pod may have no container
    return last.or(
        () ->
            status.list("conditions").stream()
                .flatMap(each -> each.moment("lastTransitionTime").stream())
                .max(Comparator.naturalOrder()));
  }

  private static int restarts(List<Fields> containers) {
    return containers.stream()
        .mapToInt(
            each -> (int) Math.clamp(each.number("restartCount").orElse(0), 0, Integer.MAX_VALUE))
        .max()
        .orElse(0);
  }

  private static int attempt(Map<String, String> annotations) {
    String text = annotations.getOrDefault(ScaleDownKeys.ATTEMPT, "0");
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  private static String told(PodPhase phase, Fields status, List<Fields> containers) {
    List<String> parts = new ArrayList<>();
    if (phase == PodPhase.PENDING) {
      status.list("conditions").stream()
          .filter(each -> each.text("type").equals("PodScheduled"))
          .filter(each -> each.text("status").equals("False"))
          .forEach(each -> add(parts, each.text("reason"), each.text("message")));
    }
    add(parts, status.text("reason"), status.text("message"));
    containers.forEach(each -> container(parts, each));
    return String.join("; ", parts);
  }

  private static void container(List<String> parts, Fields container) {
    Fields waiting = container.at("state").at("waiting");
    add(parts, waiting.text("reason"), waiting.text("message"));
    ended(container.at("state").at("terminated"))
        .or(() -> ended(container.at("lastState").at("terminated")))
        .ifPresent(end -> parts.add("container " + container.text("name") + " " + end));
  }

  private static Optional<String> ended(Fields terminated) {
    return terminated.number("exitCode").stream()
        .filter(code -> code != 0)
        .mapToObj(
            code -> {
              String reason = terminated.text("reason");
              return "ended with exit code "
                  + code
                  + (reason.isEmpty() || reason.equals("Error") ? "" : " (" + reason + ")");
            })
        .findFirst();
  }

  private static void add(List<String> parts, String reason, String message) {
    if (!reason.isEmpty() || !message.isEmpty()) {
      parts.add(
          reason.isEmpty() || message.isEmpty() ? reason + message : reason + " (" + message + ")");
    }
  }
}
