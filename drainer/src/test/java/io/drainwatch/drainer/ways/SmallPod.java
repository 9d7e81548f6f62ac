package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.pods.Pinning;
import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.PodOwner;
import io.drainwatch.drainer.pods.PodPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod on the Node.
 *
 * @param endsAt when it will have stopped; empty: nobody has asked it to
 */
record SmallPod(PodFacts facts, boolean hasBudget, Optional<Instant> endsAt) {
  private static final Duration GRACE = Duration.ofSeconds(20);

  static SmallPod named(String name) {
    return new SmallPod(facts(name, Optional.empty()), false, Optional.empty());
  }

  static SmallPod behindTheBudget(String name) {
    return new SmallPod(facts(name, Optional.empty()), true, Optional.empty());
  }

  SmallPod terminating(Instant now, Instant end) {
    return new SmallPod(
        facts(facts.name(), Optional.of(now.plus(GRACE))), hasBudget, Optional.of(end));
  }

  private static PodFacts facts(String name, Optional<Instant> deletion) {
    return new PodFacts(
        "uid-of-" + name,
        "",
        "shop",
        name,
        SmallServer.NODE,
        PodPhase.RUNNING,
        deletion,
        Optional.of(GRACE),
        Map.of(),
        Map.of(),
        List.of(new PodOwner("apps/v1", "ReplicaSet", name, "uid-of-set-" + name, true)),
        List.of(),
        Pinning.NONE,
        0,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        true,
        true,
        List.of());
  }
}
