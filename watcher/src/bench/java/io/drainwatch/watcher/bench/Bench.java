package io.drainwatch.watcher.bench;

import java.time.Duration;
import java.util.List;

/**
 * Measures what the README promises and prints it. Not a test: a figure depends on the machine.
 *
 * <p>{@code ./mvnw -Pbench verify}; {@code -Dbench.events=100} and {@code -Dbench.idle=PT10M}
 * (after {@code -Dbench.warmup=PT5M}) change how long it takes.
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
    StartUp.measure(5).forEach(System.out::println);
    LatencyToFirstHook.measure(events).forEach(System.out::println);
    ManyJobs.measure(50).forEach(System.out::println);
    Duration warmUp = Duration.parse(System.getProperty("bench.warmup", "PT5M"));
    Idle.measure(warmUp, idle).forEach(System.out::println);
  }

  static String figures(String what, List<Duration> sample) {
    List<Duration> sorted = sample.stream().sorted().toList();
    return "%s: n %d, median %s, p99 %s, max %s"
        .formatted(
            what,
            sorted.size(),
            milliseconds(sorted.get(sorted.size() / 2)),
            milliseconds(sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1)),
            milliseconds(sorted.getLast()));
  }

  static String milliseconds(Duration duration) {
    return duration.toNanos() / 1_000_000 + " ms";
  }
}
