package io.drainwatch.watcher.bench;

import io.drainwatch.drainer.promises.PromisedFigure;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What a Node's drain takes: from the document to the cordon, for a Preempt to the first eviction,
 * how long after the last pod the acknowledgement leaves, and how many requests it costs.
 */
final class DrainOnNode {
  private static final int PODS = 50;
  private static final int PREEMPTS = 5;

  private DrainOnNode() {}

  static List<String> measure(String form, int events) throws Exception {
    List<Duration> toCordon = new ArrayList<>();
    List<Duration> toEviction = new ArrayList<>();
    List<Duration> toAcknowledgement = new ArrayList<>();
    String requests;
    String against;
    Random moments = new Random(20261121);
    try (NodeWorld world = new NodeWorld()) {
      boolean isAgent = form.equals("agent");
      NodeWorld running = isAgent ? world.agent() : world.controller();
      for (int i = 0; i < events; i++) {
        boolean isPreempt = i % (events / PREEMPTS) == 0;
        running.server.pods(3);
        TimeUnit.MILLISECONDS.sleep(moments.nextInt(1000));
        Drain drain = drain(running, isPreempt ? "Preempt" : "Reboot");
        toCordon.add(Duration.between(drain.asked(), drain.cordoned()));
        if (isPreempt) {
          toEviction.add(Duration.between(drain.asked(), drain.evicted()));
        }
        toAcknowledgement.add(Duration.between(drain.empty(), drain.acknowledged()));
      }
      running.server.pods(PODS);
      Drain drain = drain(running, "Reboot");
      requests =
          running
              .server
              .requests(drain.asked(), drain.acknowledged())
              .orElse("requests are counted by the model only");
      against = ", " + running.server.words();
    }
    return List.of(
        Bench.figures(form + against + ": document read to cordon", toCordon),
        Bench.figures(form + against + ": Preempt, document read to first eviction", toEviction),
        Bench.figures(form + against + ": last pod gone to acknowledgement", toAcknowledgement),
        "%s%s: %d unblocked pods: %s".formatted(form, against, PODS, requests),
        PromisedFigure.named("F02").measures(form + " p99", Bench.p99(toCordon).toMillis()),
        PromisedFigure.named("F03")
            .measures(form + " worst", Collections.max(toEviction).toMillis()),
        PromisedFigure.named("F07")
            .measures(form + " p99", Bench.p99(toAcknowledgement).toMillis()));
  }

  private record Drain(
      Instant asked, Instant cordoned, Instant evicted, Instant empty, Instant acknowledged) {}

  private static Drain drain(NodeWorld world, String type) throws Exception {
    Instant published = Instant.now();
    Duration notice = type.equals("Preempt") ? Duration.ofSeconds(30) : Duration.ofMinutes(15);
    String id = world.simulator.schedule(EventPlan.ofType(type).notice(notice).build());
    Instant cordoned = world.cordonedSince(published);
    Instant evicted = world.evictedSince(published);
    world.await("last pod's end", world.server::isEmpty);
    Instant empty = Instant.now();
    world.await("acknowledgement", () -> world.acknowledged(id).isPresent());
    Instant acknowledged = world.acknowledged(id).orElseThrow();
    world.end(id);
    return new Drain(world.asked(published, cordoned), cordoned, evicted, empty, acknowledged);
  }
}
