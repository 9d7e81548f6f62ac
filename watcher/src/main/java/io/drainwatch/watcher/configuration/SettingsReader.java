package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.SharedAcknowledgement;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import io.drainwatch.watcher.notify.NotificationSettings;
import io.drainwatch.watcher.tracing.TracingSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads flat keys into settings, or says everything that is wrong with them.
 *
 * <p>Keys are whole and in kebab-case, entries of a list numbered: {@code
 * drainwatch.policy[0].types[1]}. Lists and maps as values are taken apart first. Pure: no file, no
 * environment, no clock; never throws, whatever the values.
 */
public final class SettingsReader {
  static final String ROOT = "drainwatch";
  static final String SERVER_HOST = "micronaut.server.host";
  static final String SERVER_PORT = "micronaut.server.port";

  private static final Words<SharedAcknowledgement> SHARED = Words.of(SharedAcknowledgement.class);
  private static final Pattern VM_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]%_-]{1,253}");
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "::1", "[::1]");

  private SettingsReader() {}

  /** Values without an origin: texts, numbers, booleans, lists, maps. */
  public static Reading read(Map<String, ?> values) {
    Map<String, Object> named = new LinkedHashMap<>(values);
    return readGiven(FlatKeys.of(named));
  }

  /** Flat keys, each with its origin. */
  public static Reading readGiven(Map<String, Given> given) {
    Findings findings = new Findings();
    DrainwatchSettings settings = read(given, findings);
    findings.known().unknownIn(given, findings);
    return findings.faults().isEmpty()
        ? new Reading.Read(settings, findings.remarks())
        : new Reading.Faults(findings.faults());
  }

  /**
   * Every key that can be read. A rule's stands under {@code policy[0]} or {@code pod-rules[0]} (a
   * sink's likewise), a window's under a window of the name {@link KnownKeys#ANY_NAME},
   * SlipStream's action under that type of event.
   */
  static KnownKeys knownKeys() {
    Findings findings = new Findings();
    Map<String, Object> one =
        Map.of(
            PolicyReader.KEY,
            List.of(Map.of()),
            PodRulesReader.KEY,
            List.of(Map.of()),
            WindowsReader.KEY + '.' + KnownKeys.ANY_NAME + ".zone",
            "UTC",
            SlipStreamReader.ACTIONS + '.' + KnownKeys.ANY_NAME,
            "vm_resize",
            NotificationsReader.SINKS,
            List.of(Map.of("headers", List.of(Map.of()))),
            "drainwatch.tracing.headers",
            List.of(Map.of()));
    read(FlatKeys.of(one), findings);
    return findings.known();
  }

  private static DrainwatchSettings read(Map<String, Given> given, Findings findings) {
    Values values = new Values(given, findings);
    MetadataSettings metadata = MetadataReader.read(values);
    var stateDir =
        values
            .one("drainwatch.state-dir", Texts::directory)
            .orElse(DrainwatchSettings.DEFAULT_STATE_DIR);
    var vmName =
        values.one(
            "drainwatch.vm-name",
            text ->
                Texts.matching(text, VM_NAME, "must be the name of the VM's resource in Azure"));
    boolean dryRun = values.flag("drainwatch.dry-run").orElse(false);
    SharedAcknowledgement shared =
        values.choice("drainwatch.acknowledge.shared", SHARED).orElse(SharedAcknowledgement.NEVER);
    Map<String, Window> windows = WindowsReader.read(values);
    Policy policy = new PolicyReader(values).read();
    HooksSettings hooks = HooksReader.read(values, dryRun);
    DrainContextSettings context = ContextReader.read(values);
    DrainwatchSettings.Bosh bosh = BoshReader.read(values);
    SlipStreamSettings slipstream = SlipStreamReader.read(values);
    KubernetesSettings kubernetes = KubernetesReader.read(values);
    DrainwatchSettings.Compat compat = CompatReader.read(values, kubernetes.form());
    ScaleDownSettings scaleDown = ScaleDownReader.read(values, kubernetes.form(), dryRun);
    NotificationSettings notifications = NotificationsReader.read(values);
    TracingSettings tracing = TracingReader.read(values);
    ClusterAzureSettings azure = ClusterAzureReader.read(values, kubernetes.form(), dryRun);
    AzureIdentitySettings azureIdentity =
        AzureIdentityReader.read(values, context.resourceManager() || azure.enabled());
    int entries =
        values
            .number("drainwatch.history.entries", 1, 10_000)
            .orElse(DrainwatchSettings.History.DEFAULT_ENTRIES);
    return new DrainwatchSettings(
        metadata,
        stateDir,
        vmName,
        dryRun,
        shared,
        policy,
        hooks,
        windows,
        context,
        azureIdentity,
        bosh,
        slipstream,
        compat,
        kubernetes,
        scaleDown,
        notifications,
        tracing,
        azure,
        new DrainwatchSettings.History(entries),
        server(values));
  }

  private static DrainwatchSettings.Server server(Values values) {
    String host =
        values
            .one(SERVER_HOST, text -> Texts.matching(text, HOST, "must be an address or host name"))
            .orElse(DrainwatchSettings.Server.DEFAULT_HOST);
    int port =
        values
            .one(SERVER_PORT, SettingsReader::port)
            .orElse(DrainwatchSettings.Server.DEFAULT_PORT);
    if (!LOOPBACK.contains(host)) {
      values
          .findings()
          .remark(SERVER_HOST + " is not a loopback address: other machines can read the status");
    }
    return new DrainwatchSettings.Server(host, port);
  }

  private static Parsed<Integer> port(String text) {
    if (text.matches("-1|[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port == -1 || (port >= 1 && port <= 65_535)) {
        return Parsed.of(port);
      }
    }
    return Parsed.refused("must be a port from 1 to 65535, or -1 for any free one");
  }
}
