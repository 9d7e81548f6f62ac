package io.drainwatch.watcher.configuration;

import io.drainwatch.watcher.configuration.KubernetesSettings.Form;
import java.time.Duration;

/** {@code drainwatch.azure.*}. */
final class ClusterAzureReader {
  private static final String SECTION = "drainwatch.azure.";
  private static final String STAND_IN = "acknowledge-for-lost-watchers";
  private static final Duration SOONEST = Duration.ofSeconds(30);
  private static final Duration LATEST = Duration.ofDays(1);
  private static final String GRAPH = SECTION + "resource-graph-events";
  private static final String GRAPH_INTERVAL = SECTION + "resource-graph-interval";
  private static final Duration GRAPH_SOONEST = Duration.ofSeconds(15);
  private static final Duration GRAPH_LATEST = Duration.ofHours(1);
  private static final int MOST_LOOKS = 600;

  private ClusterAzureReader() {}

  static ClusterAzureSettings read(Values values, Form form, boolean dryRun) {
    ClusterAzureSettings off = ClusterAzureSettings.off();
    ClusterAzureSettings settings =
        new ClusterAzureSettings(
            values.flag(SECTION + "enabled").orElse(off.enabled()),
            values.duration(SECTION + "look-after", SOONEST, LATEST).orElse(off.lookAfter()),
            values.number(SECTION + "looks-per-minute", 1, MOST_LOOKS).orElse(off.looksPerMinute()),
            values.flag(SECTION + "protect-instances").orElse(off.protectInstances()),
            values.flag(GRAPH).orElse(off.graphEvents()),
            values
                .duration(GRAPH_INTERVAL, GRAPH_SOONEST, GRAPH_LATEST)
                .orElse(off.graphInterval()),
            values.flag(SECTION + STAND_IN).orElse(off.acknowledgeForLostWatchers()));
    if (settings.graphEvents() && !settings.enabled()) {
      values.fault(GRAPH, "needs " + SECTION + "enabled: true");
    }
    if (settings.acknowledgeForLostWatchers() && !settings.enabled()) {
      values.fault(SECTION + STAND_IN, "needs " + SECTION + "enabled: true");
    }
    remarks(settings, form, dryRun, values.findings());
    return settings;
  }

  private static void remarks(
      ClusterAzureSettings settings, Form form, boolean dryRun, Findings findings) {
    if (settings.enabled() && form != Form.CONTROLLER) {
      findings.remark(
          SECTION + "enabled has no effect without a drainer (drainwatch.kubernetes.form)");
    }
    if (settings.enabled() && settings.protectInstances() && dryRun) {
      findings.remark(SECTION + "protect-instances has no effect with drainwatch.dry-run");
    }
    if (settings.enabled() && settings.acknowledgeForLostWatchers() && dryRun) {
      findings.remark(SECTION + STAND_IN + " has no effect with drainwatch.dry-run");
    }
    if (!settings.enabled() && !settings.equals(ClusterAzureSettings.off())) {
      findings.remark(SECTION + "enabled is false, so nothing else of it has an effect");
    }
  }
}
