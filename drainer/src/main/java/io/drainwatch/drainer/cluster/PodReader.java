package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.pods.Pinning;
import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.PodOwner;
import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.pods.PodVolume;
import io.drainwatch.drainer.pods.Toleration;
import io.drainwatch.drainer.pods.VolumeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A pod as the API gives it. Refuses nothing: what is odd is named in {@code unreadable}. */
final class PodReader {
  /** So that adding it to a moment cannot overflow; whoever wrote more meant for ever. */
  private static final long LONGEST_GRACE = Duration.ofDays(3_650).toSeconds();

  private PodReader() {}

  static PodFacts read(JsonNode json) {
    Fields pod = Fields.of(json);
    Fields metadata = pod.at("metadata");
    Fields spec = pod.at("spec");
    Fields status = pod.at("status");
    String uid = metadata.text("uid");
    String namespace = metadata.text("namespace");
    String name = metadata.text("name");
    String nodeName = spec.text("nodeName");
    PodPhase phase = PodPhase.of(status.text("phase"));
    Optional<Instant> deletion = metadata.moment("deletionTimestamp");
    Optional<Duration> grace = grace(spec);
    List<PodOwner> owners =
        metadata.list("ownerReferences").stream().map(PodReader::owner).toList();
    List<Toleration> tolerations =
        spec.list("tolerations").stream().map(PodReader::toleration).toList();
    int priority =
        (int) Math.clamp(spec.number("priority").orElse(0), Integer.MIN_VALUE, Integer.MAX_VALUE);
    return new PodFacts(
        uid,
        metadata.text("resourceVersion"),
        namespace,
        name,
        nodeName,
        phase,
        deletion,
        grace,
        metadata.map("annotations"),
        metadata.map("labels"),
        owners,
        tolerations,
        pinning(spec),
        priority,
        spec.optionalText("priorityClassName").filter(each -> !each.isEmpty()),
        spec.list("volumes").stream().map(PodReader::volume).toList(),
        metadata.texts("finalizers"),
        metadata.moment("creationTimestamp"),
        isReady(status),
        PodBegin.hasBegun(phase, status),
        pod.unreadable());
  }

  private static Optional<Duration> grace(Fields spec) {
    // a negative one is what Kubernetes itself takes for 1 s
    return spec.number("terminationGracePeriodSeconds").stream()
        .mapToObj(seconds -> Duration.ofSeconds(seconds < 0 ? 1 : Math.min(seconds, LONGEST_GRACE)))
        .findFirst();
  }

  private static PodOwner owner(Fields owner) {
    return new PodOwner(
        owner.text("apiVersion"),
        owner.text("kind"),
        owner.text("name"),
        owner.text("uid"),
        owner.flag("controller"));
  }

  private static Toleration toleration(Fields toleration) {
    return new Toleration(
        toleration.text("key"),
        toleration.text("operator"),
        toleration.text("value"),
        toleration.text("effect"));
  }

  private static PodVolume volume(Fields volume) {
    VolumeKind kind =
        volume.names().stream()
            .filter(field -> !field.equals("name"))
            .findFirst()
            .map(VolumeKind::of)
            .orElse(VolumeKind.OTHER);
    return new PodVolume(volume.text("name"), kind);
  }

  private static Pinning pinning(Fields spec) {
    List<Pinning.Term> terms =
        spec
            .at("affinity")
            .at("nodeAffinity")
            .at("requiredDuringSchedulingIgnoredDuringExecution")
            .list("nodeSelectorTerms")
            .stream()
            .map(
                term ->
                    new Pinning.Term(
                        requirements(term, "matchFields"), requirements(term, "matchExpressions")))
            .toList();
    return new Pinning(spec.map("nodeSelector"), terms);
  }

  private static List<Pinning.Requirement> requirements(Fields term, String key) {
    return term.list(key).stream()
        .map(
            each ->
                new Pinning.Requirement(
                    each.text("key"), each.text("operator"), each.texts("values")))
        .toList();
  }

  private static boolean isReady(Fields status) {
    return status.list("conditions").stream()
        .anyMatch(each -> each.text("type").equals("Ready") && each.text("status").equals("True"));
  }
}
