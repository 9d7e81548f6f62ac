package io.drainwatch.watcher.bench;

import io.drainwatch.watcher.simulator.platform.EventPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The same Node with the same pods, drained by us and by kubectl, against the same server. */
final class AgainstKubectl {
  private static final int PODS = 20;

  private AgainstKubectl() {}

  /**
   * @param kubectl its path; empty: there is nothing to compare with
   */
  static List<String> measure(String kubectl) throws Exception {
    if (kubectl.isEmpty()) {
      return List.of("kubectl drain: not measured, -Dbench.kubectl= names no kubectl");
    }
    try (NodeWorld world = new NodeWorld().agent()) {
      Duration ours = ours(world); // classes are loaded in this one
      Duration theirs = theirs(world, kubectl);
      ours = shorter(ours, ours(world));
      theirs = shorter(theirs, theirs(world, kubectl));
      return List.of(
          String.format(
              Locale.ROOT,
              "%s: %d pods with a grace of 1 s, until the last is gone: %s, kubectl drain %s, ratio %.2f",
              world.server.words(),
              PODS,
              Bench.milliseconds(ours),
              Bench.milliseconds(theirs),
              (double) ours.toNanos() / theirs.toNanos()));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration ours(NodeWorld world) throws Exception {
    world.server.pods(PODS);
    Instant published = Instant.now();
    String id =
        world.simulator.schedule(EventPlan.ofType("Reboot").notice(Duration.ofMinutes(15)).build());
    Instant cordoned = world.cordonedSince(published);
    world.await("last pod's end", world.server::isEmpty);
    Duration lasted = Duration.between(world.asked(published, cordoned), Instant.now());
    world.await("acknowledgement", () -> world.acknowledged(id).isPresent());
    world.end(id);
    return lasted;
  }

  private static Duration theirs(NodeWorld world, String kubectl) throws Exception {
    world.server.pods(PODS);
    Path kubeconfig = world.server.kubeconfig(world.workplace.path());
    Instant begun = Instant.now();
    Process drain =
        new ProcessBuilder(
                kubectl,
                "--kubeconfig",
                kubeconfig.toString(),
                "drain",
                world.server.node(),
                "--force")
            .redirectErrorStream(true)
            .redirectOutput(world.workplace.path().resolve("kubectl.log").toFile())
            .start();
    world.await("last pod's end", world.server::isEmpty);
    Duration lasted = Duration.between(begun, Instant.now());
    if (!drain.waitFor(30, TimeUnit.SECONDS) || drain.exitValue() != 0) {
      throw new IllegalStateException("kubectl drain did not end well");
    }
    world.server.uncordon();
    return lasted;
  }
}
