package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.cleaning.CleaningListener;
import io.drainwatch.drainer.scaledown.Notice;
import io.drainwatch.drainer.scaledown.SetId;
import io.drainwatch.drainer.scaledown.Standing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What is counted of the clean-up behind StatefulSets (scale-down.md, section 5). The gauges tell
 * of what this process leads: nothing, while another one does. So many namespaces have series of
 * their own, all others share one. Safe for any thread.
 */
final class ScaleDownMeters implements CleaningListener {
  private static final int MOST_NAMESPACES = 200;
  private static final String OTHERS = "other";
  private static final String NAMESPACE = "namespace";
  private static final List<Standing.Stage> PODS =
      List.of(
          Standing.Stage.PENDING,
          Standing.Stage.RUNNING,
          Standing.Stage.SUCCEEDED,
          Standing.Stage.FAILED,
          Standing.Stage.TERMINATING);
  private static final List<Notice> REFUSALS =
      List.of(Notice.INVALID_TEMPLATE, Notice.RETENTION_CONFLICT, Notice.AMBIGUOUS_CLAIM);

  private final MeterRegistry registry;

  // under the lock
  private final Set<String> namespaces = new HashSet<>();
  private final Map<SetId, Standing> standing = new HashMap<>();
  private final Map<SetId, Map<Integer, Instant>> since = new HashMap<>();
  private Instant latest = Instant.EPOCH;
  private boolean leads;

  ScaleDownMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("drainwatch.scaledown.leader", () -> leads() ? 1 : 0)
        .description("1 while this process holds the Lease of the clean-up")
        .register(registry);
  }

  private synchronized boolean leads() {
    return leads;
  }

  @Override
  public synchronized void leads(boolean leading) {
    leads = leading;
    standing.clear();
    since.clear();
  }

  @Override
  public synchronized void stands(SetId set, Standing now, Instant at) {
    if (!leads) {
      return; // the last words
    }
    latest = at.isAfter(latest) ? at : latest;
    if (now.isQuiet()) {
      isGone(set);
      return;
    }
    label(set);
    standing.put(set, now);
    Map<Integer, Instant> before = since.getOrDefault(set, Map.of());
    Map<Integer, Instant> kept = new HashMap<>();
    now.ordinals()
        .forEach(each -> kept.put(each.ordinal(), before.getOrDefault(each.ordinal(), at)));
    since.put(set, kept);
  }

  @Override
  public synchronized void isGone(SetId set) {
    standing.remove(set);
    since.remove(set);
  }

  @Override
  public void ended(SetId set, boolean succeeded, Duration lasted) {
    Counter.builder("drainwatch.scaledown.cleanups")
        .description("Clean-up pods that ended")
        .tag(NAMESPACE, label(set))
        .tag("result", succeeded ? "success" : "failure")
        .register(registry)
        .increment();
    Timer.builder("drainwatch.scaledown.cleanup.duration")
        .description("Clean-up pods, from their making to their end")
        .tag(NAMESPACE, label(set))
        .register(registry)
        .record(lasted);
  }

  @Override
  public void retried(SetId set) {
    count("drainwatch.scaledown.retries", "Clean-up pods made anew after one had failed", set);
  }

  @Override
  public void claimDeleted(SetId set) {
    count("drainwatch.scaledown.claims.deleted", "Claims deleted after their clean-up", set);
  }

  @Override
  public void failed(SetId set) {
    count("drainwatch.scaledown.sync.errors", "Requests that failed; the set is tried again", set);
  }

  private void count(String name, String description, SetId set) {
    Counter.builder(name)
        .description(description)
        .tag(NAMESPACE, label(set))
        .register(registry)
        .increment();
  }

  /** With the first word about a namespace its gauges come to be. */
  private synchronized String label(SetId set) {
    String label = labelOf(set.namespace());
    if (!namespaces.add(label)) {
      return label;
    }
    gauge("orphans", "Ordinals that are cleaned up or wait for it", label, this::orphans)
        .register(registry);
    gauge(
            "oldest.orphan",
            "How long the oldest of them has been known to this process",
            label,
            this::oldest)
        .baseUnit("seconds")
        .register(registry);
    for (Standing.Stage stage : PODS) {
      gauge("pods", "Clean-up pods by phase", label, name -> pods(name, stage))
          .tag("phase", stage.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    for (Notice notice : REFUSALS) {
      gauge("refused", "Sets that are not cleaned up, by why", label, name -> refused(name, notice))
          .tag("reason", notice.reason())
          .register(registry);
    }
    return label;
  }

  private String labelOf(String namespace) {
    return namespaces.contains(namespace) || namespaces.size() < MOST_NAMESPACES
        ? namespace
        : OTHERS;
  }

  private static Gauge.Builder<?> gauge(
      String name, String description, String label, ToDoubleFunction<String> value) {
    return Gauge.builder("drainwatch.scaledown." + name, () -> value.applyAsDouble(label))
        .description(description)
        .tag(NAMESPACE, label);
  }

  private Stream<Map.Entry<SetId, Standing>> in(String label) {
    return standing.entrySet().stream()
        .filter(each -> labelOf(each.getKey().namespace()).equals(label));
  }

  private synchronized double orphans(String label) {
    return in(label).mapToInt(each -> each.getValue().ordinals().size()).sum();
  }

  private synchronized double pods(String label, Standing.Stage stage) {
    return in(label)
        .flatMap(each -> each.getValue().ordinals().stream())
        .filter(each -> each.stage() == stage)
        .count();
  }

  private synchronized double refused(String label, Notice notice) {
    return in(label)
        .flatMap(each -> each.getValue().refusal().stream())
        .filter(each -> each.notice() == notice)
        .count();
  }

  private synchronized double oldest(String label) {
    return in(label)
        .flatMap(each -> since.getOrDefault(each.getKey(), Map.of()).values().stream())
        .min(Comparator.naturalOrder())
        .map(at -> Duration.between(at, latest).toMillis() / 1000.0)
        .orElse(0.0);
  }
}
