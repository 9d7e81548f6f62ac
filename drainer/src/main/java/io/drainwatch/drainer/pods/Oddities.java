package io.drainwatch.drainer.pods;

import java.util.ArrayList;
import java.util.List;

/** What is not as it should be with a pod; none of it keeps the pod from being judged. */
final class Oddities {

  private Oddities() {}

  static List<String> of(Case each) {
    PodFacts pod = each.pod();
    List<String> odd = new ArrayList<>();
    if (pod.uid().isBlank()) {
      odd.add("has no UID, so no request for it is safe");
    }
    if (pod.namespace().isBlank() || pod.name().isBlank()) {
      odd.add("has no namespace or no name");
    }
    if (pod.phase() == PodPhase.UNRECOGNISED) {
      odd.add("its phase is not known");
    }
    if (!pod.unreadable().isEmpty()) {
      odd.add("could not be read: " + Printable.names(pod.unreadable()));
    }
    String drain = pod.labels().getOrDefault(Marks.DRAIN, Marks.SKIP);
    if (!drain.equals(Marks.SKIP) && !drain.equals(Marks.WAIT_COMPLETED)) {
      odd.add(
          "label %s=%s is neither %s nor %s, and does not count"
              .formatted(Marks.DRAIN, Printable.quoted(drain), Marks.SKIP, Marks.WAIT_COMPLETED));
    }
    addIfOdd(odd, pod, Marks.DO_NOT_EVICT);
    if (each.has(PodOption.DO_NOT_DISRUPT)) {
      addIfOdd(odd, pod, Marks.DO_NOT_DISRUPT);
    }
    return odd;
  }

  private static void addIfOdd(List<String> odd, PodFacts pod, String annotation) {
    String value = pod.annotations().getOrDefault(annotation, "false");
    switch (HoldWish.of(value)) {
      case HoldWish.Unreadable _ ->
          odd.add(
              "annotation %s=%s is neither true nor a duration, and does not count"
                  .formatted(annotation, Printable.quoted(value)));
      case HoldWish.For _ -> {
        if (pod.createdAt().isEmpty()) {
          odd.add("annotation " + annotation + " does not count: it is not known since when");
        }
      }
      case HoldWish.None _, HoldWish.WithoutEnd _ -> {}
    }
  }
}
