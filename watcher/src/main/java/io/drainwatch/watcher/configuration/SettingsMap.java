package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.PolicyRule;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import io.drainwatch.watcher.tracing.TracingSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Settings as nested maps under the keys of the configuration file; read back, they are equal, but
 * for what has secrets: sinks, the headers of traces, and where traces go if that has a query.
 */
final class SettingsMap {
  private SettingsMap() {}

  static Map<String, Object> of(DrainwatchSettings settings) {
    Map<String, Object> ours = new LinkedHashMap<>();
    ours.put("metadata", metadata(settings.metadata()));
    ours.put("state-dir", settings.stateDir().toString());
    settings.vmName().ifPresent(name -> ours.put("vm-name", name));
    ours.put("dry-run", settings.dryRun());
    ours.put("acknowledge", Map.of("shared", Words.kebab(settings.shared())));
    ours.put("policy", settings.policy().rules().stream().map(SettingsMap::rule).toList());
    ours.put("hooks", hooks(settings.hooks()));
    Map<String, Object> windows = new LinkedHashMap<>();
    new TreeMap<>(settings.windows()).forEach((name, each) -> windows.put(name, window(each)));
    ours.put("windows", windows);
    ours.put("context", context(settings.context()));
    ours.put("bosh", bosh(settings.bosh()));
    ours.put("slipstream", slipstream(settings.slipstream()));
    ours.put("compat", compat(settings.compat()));
    ours.put("kubernetes", kubernetes(settings.kubernetes()));
    Map<String, Object> scaleDown = new LinkedHashMap<>();
    scaleDown.put("enabled", settings.scaleDown().enabled());
    scaleDown.put("namespaces", settings.scaleDown().namespaces());
    ours.put("scale-down", scaleDown);
    // without its sinks, and traces without their headers: these have secrets
    ours.put(
        "notifications",
        Map.of("give-up-after", DurationText.print(settings.notifications().giveUpAfter())));
    ours.put("tracing", tracing(settings.tracing()));
    ours.put("azure", azure(settings.azureIdentity(), settings.azure()));
    ours.put("history", Map.of("entries", settings.history().entries()));
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("host", settings.server().host());
    server.put("port", settings.server().port());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("drainwatch", ours);
    all.put("micronaut", Map.of("server", server));
    return all;
  }

  private static Map<String, Object> tracing(TracingSettings settings) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("enabled", settings.enabled());
    // a query may be a secret too
    put(
        map,
        "endpoint",
        Optional.of(settings.endpoint()).filter(at -> at.getRawQuery() == null).map(URI::toString));
    map.put("timeout", DurationText.print(settings.wire().timeout()));
    put(map, "proxy", settings.wire().proxy().map(URI::toString));
    put(map, "ca-file", settings.wire().caFile().map(Path::toString));
    return map;
  }

  private static Map<String, Object> azure(
      AzureIdentitySettings identity, ClusterAzureSettings settings) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("credential", Words.kebab(identity.credential()));
    put(map, "client-id", identity.clientId());
    map.put("enabled", settings.enabled());
    map.put("look-after", DurationText.print(settings.lookAfter()));
    map.put("looks-per-minute", settings.looksPerMinute());
    map.put("protect-instances", settings.protectInstances());
    map.put("acknowledge-for-lost-watchers", settings.acknowledgeForLostWatchers());
    map.put("resource-graph-events", settings.graphEvents());
    map.put("resource-graph-interval", DurationText.print(settings.graphInterval()));
    return map;
  }

  private static Map<String, Object> metadata(MetadataSettings settings) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("url", settings.url().toString());
    map.put("poll-interval", DurationText.print(settings.pollInterval()));
    map.put("api-version", settings.apiVersion());
    map.put("preview", settings.preview());
    map.put("first-timeout", DurationText.print(settings.firstTimeout()));
    map.put("connect-timeout", DurationText.print(settings.connectTimeout()));
    map.put("timeout", DurationText.print(settings.timeout()));
    map.put("empty-run", DurationText.print(settings.emptyRun()));
    return map;
  }

  private static Map<String, Object> rule(PolicyRule rule) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (!rule.types().isEmpty()) {
      map.put("types", rule.types());
    }
    put(map, "source", rule.source().map(PolicyReader.SOURCES::print));
    put(map, "shortest", rule.shortest().map(DurationText::print));
    put(map, "longest", rule.longest().map(DurationText::print));
    put(map, "action", rule.action().map(PolicyReader.ACTIONS::print));
    put(map, "acknowledge", rule.acknowledge().map(PolicyReader.ACKNOWLEDGE::print));
    put(map, "margin", rule.margin().map(DurationText::print));
    put(map, "start-before", rule.startBefore().map(DurationText::print));
    put(map, "at-deadline", rule.atDeadline().map(PolicyReader.AT_DEADLINE::print));
    put(map, "window", rule.window());
    put(map, "drain-after-start", rule.drainAfterStart());
    return map;
  }

  private static Map<String, Object> hooks(HooksSettings settings) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("directories", settings.directories().stream().map(Object::toString).toList());
    map.put("names", Words.kebab(settings.names()));
    map.put("recall", DurationText.print(settings.recall()));
    map.put("dry-run", Words.kebab(settings.dryRun()));
    map.put("env-drop", settings.envDrop());
    map.put("log-files", settings.logFiles());
    map.put("log-dir", settings.logDir().toString());
    for (Hook hook : Hook.values()) {
      map.put(hook.word(), choice(settings.of(hook)));
    }
    return map;
  }

  private static Map<String, Object> choice(HooksSettings.HookChoice choice) {
    Map<String, Object> map = new LinkedHashMap<>();
    put(map, "timeout", choice.timeout().map(DurationText::print));
    map.put("on-failure", Words.kebab(choice.onFailure()));
    map.put("parallel", choice.parallel());
    return map;
  }

  private static Map<String, Object> window(Window window) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("from", window.from().toString());
    map.put("to", window.to().toString());
    map.put("days", new TreeSet<>(window.days()).stream().map(WindowsReader::word).toList());
    map.put("zone", window.zone().getId());
    map.put("except", new TreeSet<>(window.except()).stream().map(Object::toString).toList());
    return map;
  }

  private static Map<String, Object> context(DrainContextSettings settings) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", settings.version());
    map.put("jobs", settings.jobs());
    map.put("terminate-disks", Words.kebab(settings.terminateDisks()));
    put(map, "deployment-name", settings.deploymentName());
    map.put("deployment-next-state", Words.kebab(settings.deploymentNextState()));
    map.put("replacement", settings.replacement());
    map.put("raw-event", settings.rawEvent());
    map.put("resource-manager", settings.resourceManager());
    return map;
  }

  private static Map<String, Object> bosh(DrainwatchSettings.Bosh bosh) {
    Map<String, Object> map = new LinkedHashMap<>();
    BoshSettings mode = bosh.mode();
    map.put("enabled", mode.enabled());
    map.put("base", mode.base().toString());
    map.put("jobs", mode.jobs());
    map.put("skip-drain", mode.skipDrain());
    map.put("checks", mode.checks());
    map.put("exit-code", Words.kebab(mode.exitCode()));
    map.put("max-sleep", DurationText.print(mode.maxSleep()));
    map.put("drain-variables", mode.drainVariables());
    map.put("stop", mode.stop().stream().map(words -> String.join(" ", words)).toList());
    map.put("start", mode.start().stream().map(words -> String.join(" ", words)).toList());
    map.put("redeploy", Words.kebab(bosh.redeploy()));
    return map;
  }

  private static Map<String, Object> slipstream(SlipStreamSettings settings) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("enabled", settings.on());
    map.put("dir", settings.directory().toString());
    map.put("pattern", settings.names().pattern());
    map.put("actions", settings.actions().words());
    map.put("exit-code", settings.exitCode().word());
    map.put("drain-variables", settings.drainVariables());
    return map;
  }

  private static Map<String, Object> compat(DrainwatchSettings.Compat compat) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("webdevops", compat.webdevops());
    map.put("drainsafe", Words.kebab(compat.drainsafe()));
    map.put("drainsafe-grace", compat.drainsafeGrace());
    return map;
  }

  private static Map<String, Object> kubernetes(KubernetesSettings settings) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("form", Words.kebab(settings.form()));
    map.put("mode", Words.kebab(settings.mode()));
    put(map, "node-name", settings.nodeName());
    put(map, "pod-name", settings.podName());
    put(map, "pod-uid", settings.podUid());
    map.put("namespace", settings.namespace());
    put(map, "kubeconfig", settings.kubeconfig().map(Object::toString));
    Map<String, Object> cordon = new LinkedHashMap<>();
    cordon.put("taint", settings.cordon().taint());
    cordon.put("lb-label", settings.cordon().lbLabel());
    cordon.put("holds", settings.cordon().holds().stream().map(Words::kebab).toList());
    cordon.put("settle", DurationText.print(settings.cordon().settle()));
    cordon.put("lb-settle", DurationText.print(settings.cordon().lbSettle()));
    map.put("cordon", cordon);
    map.put("eviction", eviction(settings.eviction()));
    map.put("pod-rules", settings.podRules().stream().map(PodRulesReader::print).toList());
    map.put("on-foreign-uncordon", Words.kebab(settings.onForeignUncordon()));
    Map<String, Object> back = new LinkedHashMap<>();
    back.put("min-ready", DurationText.print(settings.givingBack().minReady()));
    back.put("alert-after", DurationText.print(settings.givingBack().alertAfter()));
    map.put("return", back);
    map.put("conditions", settings.conditions());
    map.put("aks-conditions", settings.aksConditions());
    map.put("other-nodes", settings.otherNodes());
    Map<String, Object> drainer = new LinkedHashMap<>();
    drainer.put("lease", settings.drainer().lease());
    put(drainer, "budget", settings.drainer().budget());
    map.put("drainer", drainer);
    return map;
  }

  private static Map<String, Object> eviction(KubernetesSettings.Eviction eviction) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("most-in-flight", eviction.mostInFlight());
    put(map, "grace-cap", eviction.graceCap().map(DurationText::print));
    map.put("force-held", eviction.forceHeld());
    map.put("empty-dir", Words.kebab(eviction.emptyDir()));
    map.put("unmanaged", Words.kebab(eviction.unmanaged()));
    map.put("without-api", Words.kebab(eviction.withoutApi()));
    map.put("daemons", eviction.daemons());
    map.put("wait-for-jobs", eviction.waitForJobs());
    map.put("safe-to-evict", eviction.safeToEvict());
    map.put("do-not-disrupt", eviction.doNotDisrupt());
    map.put("cluster-api-skip", eviction.clusterApiSkip());
    map.put("preflight", eviction.preflight());
    map.put("read-budgets", eviction.readBudgets());
    map.put("volumes-one-by-one", eviction.volumesOneByOne());
    map.put("wait-for-detach", eviction.waitForDetach());
    map.put("detach-timeout", DurationText.print(eviction.detachTimeout()));
    map.put("stuck-after", DurationText.print(eviction.stuckAfter()));
    map.put("pod-events", eviction.podEvents());
    return map;
  }

  private static void put(Map<String, Object> map, String key, Optional<?> value) {
    value.ifPresent(present -> map.put(key, present));
  }
}
