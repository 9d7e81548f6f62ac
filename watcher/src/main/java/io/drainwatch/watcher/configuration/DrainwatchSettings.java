package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.drainsafe.DrainSafeMode;
import io.drainwatch.drainer.maintenance.DryRun;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.SharedAcknowledgement;
import io.drainwatch.drainer.nodework.NodeMode;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import io.drainwatch.watcher.notify.NotificationSettings;
import io.drainwatch.watcher.tracing.TracingSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the operator decided, complete. Shows no secret.
 *
 * @param vmName instead of the name that the metadata service tells
 * @param windows by name; each name that a rule uses is there
 */
public record DrainwatchSettings(
    MetadataSettings metadata,
    Path stateDir,
    Optional<String> vmName,
    boolean dryRun,
    SharedAcknowledgement shared,
    Policy policy,
    HooksSettings hooks,
    Map<String, Window> windows,
    DrainContextSettings context,
    AzureIdentitySettings azureIdentity,
    Bosh bosh,
    SlipStreamSettings slipstream,
    Compat compat,
    KubernetesSettings kubernetes,
    ScaleDownSettings scaleDown,
    NotificationSettings notifications,
    TracingSettings tracing,
    ClusterAzureSettings azure,
    History history,
    Server server) {

  public static final Path DEFAULT_STATE_DIR = Path.of("/var/lib/drainwatch");

  /** {@code drainwatch.bosh.*}. */
  public record Bosh(Redeploy redeploy, BoshSettings mode) {

    /** What a Redeploy is in BOSH's words (drain-scripts.md 2.4, note r). */
    public enum Redeploy {
      RECREATE,
      KEEP
    }
  }

  /** {@code drainwatch.compat.*}: for scripts and tools written for others. */
  public record Compat(boolean webdevops, DrainSafeMode drainsafe, boolean drainsafeGrace) {}

  /** {@code drainwatch.history.*}: how many finished maintenances are kept. */
  public record History(int entries) {
    public static final int DEFAULT_ENTRIES = 200;
  }

  /**
   * {@code micronaut.server.*}, checked here and obeyed by Micronaut.
   *
   * @param port -1: any free one
   */
  public record Server(String host, int port) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 9797;
  }

  public DrainwatchSettings {
    windows = Map.copyOf(windows);
  }

  /** Nothing configured. */
  public static DrainwatchSettings defaults() {
    return switch (SettingsReader.read(Map.of())) {
      case Reading.Read read -> read.settings();
      case Reading.Faults faults -> throw new IllegalStateException(faults.message());
    };
  }

  /** The part that the core decides by. */
  public LifecycleSettings lifecycle() {
    LifecycleSettings settings =
        new LifecycleSettings(
            looksOn() ? policy.lookingOn() : policy,
            shared,
            dryRunMode(),
            hooks.forTheCore(),
            new CalendarWindows(windows),
            metadata.emptyRun());
    return switch (kubernetes.form()) {
      case NONE -> settings;
      case AGENT ->
          kubernetes.otherNodes()
              ? settings.withOthersJudgedElsewhere().withRecordOnNode()
              : settings.withRecordOnNode();
      case CONTROLLER -> settings.withOthersJudgedElsewhere().withRecordOnNode();
    };
  }

  /** Another tool drains the Node. */
  private boolean looksOn() {
    return kubernetes.form() != KubernetesSettings.Form.NONE && kubernetes.mode() != NodeMode.DRAIN;
  }

  public DryRun dryRunMode() {
    if (!dryRun) {
      return DryRun.OFF;
    }
    return switch (hooks.dryRun()) {
      case NONE -> DryRun.REPORT;
      case CALL -> DryRun.CALL;
    };
  }

  /**
   * As nested maps, lists, texts, numbers and booleans under the keys of the configuration file:
   * what {@code doctor} prints. Read back, it gives the same settings, but for what has secrets:
   * where notifications are sent, and the headers of traces.
   */
  public Map<String, Object> toMap() {
    return SettingsMap.of(this);
  }
}
