package io.drainwatch.drainer.pods;

import static io.drainwatch.drainer.pods.PodBuilder.NODE;
import static io.drainwatch.drainer.pods.PodBuilder.NOW;
import static io.drainwatch.drainer.pods.PodBuilder.OUR_TAINT;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Pods, surroundings and settings at random, with a liking for what is odd; the same by seed. */
final class OddPods {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "true",
          "false",
          "30m",
          "1h30m",
          "0s",
          "1.5h",
          "-5m",
          "999999999h",
          "9h".repeat(40),
          "skip",
          "wait-completed",
          "\u0000\u001b[2J\n",
          "\ud800",
          "\u202ex",
          "x".repeat(5000));
  private static final List<String> KINDS =
      List.of("ReplicaSet", "DaemonSet", "Node", "Job", "", "Odd", "StatefulSet");
  private static final List<String> GROUPS =
      List.of("apps/v1", "batch/v1", "v1", "", "/", "a/b/c", "apps.kruise.io/v1alpha1");
  private static final List<Instant> MOMENTS =
      List.of(
          NOW,
          NOW.minusSeconds(60),
          NOW.minusSeconds(3600),
          NOW.plusSeconds(30),
          Instant.MIN,
          Instant.MAX,
          Instant.EPOCH);

  private final Random random;

  OddPods(long seed) {
    random = new Random(seed);
  }

  PodFacts pod() {
    return new PodFacts(
        any(List.of("u1", "u2", "u3", "u4", "u5", "u6", "")),
        "",
        any(List.of("shop", "kube-system", "")),
        any(List.of("a", "b", "c", "")),
        mostly(NODE, List.of("n2", "")),
        mostly(PodPhase.RUNNING, List.of(PodPhase.values())),
        seldom(() -> any(MOMENTS)),
        seldom(() -> any(List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(9999)))),
        marks(Marks.DO_NOT_EVICT, Marks.DO_NOT_DISRUPT, Marks.SAFE_TO_EVICT, Marks.MIRROR, "other"),
        marks(Marks.DRAIN, Marks.CLUSTER_API_DRAIN, "app"),
        some(() -> new PodOwner(any(GROUPS), any(KINDS), "o", "", random.nextBoolean())),
        some(
            () ->
                new Toleration(
                    any(List.of("", Taint.UNSCHEDULABLE.key(), OUR_TAINT.key(), "x")),
                    any(List.of("", "Equal", "Exists", "Lt")),
                    any(List.of("", "Reboot")),
                    any(List.of("", "NoSchedule", "NoExecute")))),
        new Pinning(
            random.nextInt(8) == 0 ? Map.of("kubernetes.io/hostname", "host-1") : Map.of(),
            some(() -> new Pinning.Term(some(this::requirement), some(this::requirement)))),
        any(List.of(0, 1, -7, Integer.MAX_VALUE, Integer.MIN_VALUE)),
        seldom(() -> any(List.of("system-cluster-critical", "system-node-critical", "", "x"))),
        some(() -> new PodVolume(any(TEXTS), any(List.of(VolumeKind.values())))),
        some(() -> any(TEXTS)),
        random.nextInt(5) == 0 ? Optional.empty() : Optional.of(any(MOMENTS)),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextInt(5) == 0 ? some(() -> any(TEXTS)) : List.of());
  }

  Circumstances circumstances() {
    return new Circumstances(
        NODE,
        seldom(() -> "host-1"),
        random.nextBoolean(),
        seldom(() -> OUR_TAINT),
        new Ourselves(seldom(() -> any(List.of("u1", "u2"))), random.nextBoolean()),
        random.nextInt(3) == 0 ? Set.of("u1", "u3", "") : Set.of(),
        mostly(NOW, MOMENTS));
  }

  PodRules rules() {
    EnumSet<PodOption> options = EnumSet.noneOf(PodOption.class);
    Arrays.stream(PodOption.values()).filter(each -> random.nextInt(3) == 0).forEach(options::add);
    List<PodRule> rules =
        random.nextInt(3) == 0
            ? List.of(rule("first", List.of("shop")), rule("second", List.of()))
            : List.of();
    return new PodRules(
        rules, options, PodRules.DEFAULT_STUCK_AFTER, PodRules.DEFAULT_DETACH_TIMEOUT);
  }

  Optional<Instant> completeAt() {
    return random.nextInt(8) == 0
        ? Optional.empty()
        : Optional.of(NOW.minusSeconds(random.nextInt(40)));
  }

  Progress progress() {
    return new Progress(
        NOW,
        random.nextBoolean(),
        random.nextBoolean() ? Map.of("u2", NOW, "u4", Instant.MIN) : Map.of(),
        random.nextInt(3) == 0 ? Map.of("gone", any(MOMENTS)) : Map.of());
  }

  private PodRule rule(String name, List<String> namespaces) {
    return new PodRule(
        name,
        LabelSelector.EVERYTHING,
        namespaces,
        random.nextBoolean() ? List.of(new OwnerSelector("Job", Optional.empty())) : List.of(),
        seldom(() -> any(List.of(PodBehaviour.values()))),
        random.nextInt());
  }

  private Pinning.Requirement requirement() {
    return new Pinning.Requirement(
        any(List.of("metadata.name", "kubernetes.io/hostname", "zone")),
        any(List.of("In", "NotIn", "Exists", "")),
        some(() -> any(List.of(NODE, "host-1", "n2"))));
  }

  private Map<String, String> marks(String... keys) {
    Map<String, String> marks = new HashMap<>();
    Arrays.stream(keys)
        .filter(key -> random.nextInt(6) == 0)
        .forEach(key -> marks.put(key, any(TEXTS)));
    return marks;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private <T> T mostly(T usual, List<T> others) {
    return random.nextInt(4) == 0 ? any(others) : usual;
  }

  private <T> Optional<T> seldom(Supplier<T> made) {
    return random.nextInt(3) == 0 ? Optional.of(made.get()) : Optional.empty();
  }

  private <T> List<T> some(Supplier<T> made) {
    return Stream.generate(made).limit(random.nextInt(3)).toList();
  }
}
