package io.drainwatch.watcher.bench;

import java.time.Duration;
import java.util.List;

/**
 * Measures what the README promises and prints it. Not a test: a figure depends on the machine.
 *
 * <p>{@code ./mvnw -Pbench verify}; {@code -Dbench.events=100} and {@code -Dbench.idle=PT10M}
 * (after {@code -Dbench.warmup=PT10M}) change how long it takes; {@code -Dbench.only=} start,
 * latency, jobs, node, kubectl, fleet, fleetpage, scaledown, idle or footprint runs one of them.
 * {@code -Dbench.kubectl=PATH} names the kubectl to compare with, {@code -Dbench.nodes=} the size
 * of the cluster.
 *
 * <p>{@code -Ddrainwatch.figures=write} writes what is promised and was measured into
 * docs/promises.md.
 *
 * <p>Of footprint: {@code -Dbench.runs=5}, {@code -Dbench.launcher=PATH} (a distribution's {@code
 * bin/drainwatch}), {@code -Dbench.kubernetes=PATH} (an image's, for the commands of Kubernetes),
 * {@code -Dbench.archive=PATH} (its archive), {@code -Dbench.settle=PT60S}, {@code
 * -Dbench.polls=1000}, {@code -Dbench.commands=vm,node,drainer,peers}, and {@code
 * -Dbench.peer="NAME=PATH --url {url};..."} for other tools.
 */
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    int events = Integer.getInteger("bench.events", 100);
    Duration idle = Duration.parse(System.getProperty("bench.idle", "PT10M"));
    System.out.println(
        "Java "
            + Runtime.version()
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors");
    Duration warmUp = Duration.parse(System.getProperty("bench.warmup", "PT10M"));
    String only = System.getProperty("bench.only", "");
    if (only.isEmpty() || only.equals("start")) {
      StartUp.measure(5).forEach(System.out::println);
    }
    if (only.isEmpty() || only.equals("latency")) {
      LatencyToFirstHook.measure(events).forEach(System.out::println);
    }
    if (only.isEmpty() || only.equals("jobs")) {
      ManyJobs.measure(50).forEach(System.out::println);
    }
    for (String form : List.of("agent", "controller")) {
      if (only.isEmpty() || only.equals("node")) {
        DrainOnNode.measure(form, Math.max(10, events / 4)).forEach(System.out::println);
      }
    }
    if (only.isEmpty() || only.equals("kubectl")) {
      AgainstKubectl.measure(System.getProperty("bench.kubectl", "")).forEach(System.out::println);
    }
    if (only.isEmpty() || only.equals("fleet")) {
      int nodes = Integer.getInteger("bench.nodes", 5_000);
      FleetScale.measure(nodes, nodes / 5).forEach(System.out::println);
    }
    if (only.isEmpty() || only.equals("fleetpage")) {
      int nodes = Integer.getInteger("bench.nodes", 5_000);
      FleetPageScale.measure(nodes, nodes / 5).forEach(System.out::println);
    }
    if (only.isEmpty() || only.equals("scaledown")) {
      ScaleDownScale.measure(500, 10).forEach(System.out::println);
    }
    if (only.isEmpty() || only.equals("footprint")) {
      Footprint.measure(
              Integer.getInteger("bench.runs", 5),
              Duration.parse(System.getProperty("bench.settle", "PT60S")),
              Integer.getInteger("bench.polls", 1_000),
              Integer.getInteger("bench.footprint-nodes", 100))
          .forEach(System.out::println);
    }
    if (only.isEmpty() || only.equals("idle")) {
      Idle.measure(warmUp, idle).forEach(System.out::println);
    }
  }

  static String figures(String what, List<Duration> sample) {
    List<Duration> sorted = sample.stream().sorted().toList();
    return "%s: n %d, median %s, p99 %s, max %s"
        .formatted(
            what,
            sorted.size(),
            milliseconds(sorted.get(sorted.size() / 2)),
            milliseconds(p99(sample)),
            milliseconds(sorted.getLast()));
  }

  static Duration p99(List<Duration> sample) {
    return sample.stream().sorted().toList().get((int) Math.ceil(sample.size() * 0.99) - 1);
  }

  static String milliseconds(Duration duration) {
    return duration.toNanos() / 1_000_000 + " ms";
  }
}
