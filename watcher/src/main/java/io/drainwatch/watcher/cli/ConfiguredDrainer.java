package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.budget.BudgetSettings;
import io.drainwatch.drainer.budget.PoolLimit;
import io.drainwatch.drainer.cleaning.Scope;
import io.drainwatch.drainer.fleet.FleetSettings;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookSettings;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.nodework.NodeWork;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.KubernetesSettings;
import io.drainwatch.watcher.configuration.ScaleDownSettings;
import io.drainwatch.watcher.drainer.CleanupSettings;
import io.drainwatch.watcher.drainer.DrainerSettings;
import io.drainwatch.watcher.drainer.Outside;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** From what the operator wrote to the drainer of form {@code controller}. */
final class ConfiguredDrainer {
  private static final String CONTROLLER = "drainwatch.io/drainer";

  private static final Duration LONGEST_HOOK = Duration.ofDays(1);

  private ConfiguredDrainer() {}

  /** Why there is nothing to do for a drainer, in a sentence; empty: there is. */
  static Optional<String> objection(DrainwatchSettings configured) {
    String form = "drainwatch.kubernetes.form is ";
    return switch (configured.kubernetes().form()) {
      case CONTROLLER -> Optional.empty();
      case AGENT -> Optional.of(form + "agent: the daemon on each Node drains it (drainwatch run)");
      case NONE -> Optional.of(form + "none: there is no cluster; the drainer needs controller");
    };
  }

  static DrainerSettings settings(DrainwatchSettings configured) {
    KubernetesSettings kubernetes = configured.kubernetes();
    String instance = kubernetes.podName().orElseGet(() -> ConfiguredNode.nodeName(kubernetes));
    String holder = instance + "/" + ProcessHandle.current().pid();
    return new DrainerSettings(
        ConfiguredNode.connection(kubernetes, CONTROLLER, instance),
        kubernetes.namespace(),
        kubernetes.drainer().lease(),
        holder,
        kubernetes.podUid(),
        new FleetSettings(
            lifecycle(configured),
            configured.shared(),
            budget(kubernetes.drainer()),
            // not guessed: from outside of the cluster none of its Nodes is ours
            kubernetes.nodeName(),
            ConfiguredNode.drainSafe(configured),
            FleetSettings.DEFAULT_FIRST_LOOK),
        work(configured, holder),
        cleanup(configured, instance));
  }

  private static NodeWork work(DrainwatchSettings configured, String holder) {
    NodeWork work =
        new NodeWork(
            ConfiguredNode.settings(configured, holder, true), configured.lifecycle().policy());
    return configured.azure().enabled()
        ? work.lookingForMachines(configured.azure().lookAfter())
        : work;
  }

  /**
   * By default nothing of Azure is loaded.
   *
   * @throws CommandStopped what talks to Azure is not there
   */
  static Outside.Maker outside(DrainwatchSettings configured, Caller caller) {
    return configured.azure().enabled()
        ? ConfiguredAzure.outside(configured, caller)
        : Outside.Maker.NOTHING;
  }

  // a dry run changes nothing, and a clean-up does nothing else
  private static Optional<CleanupSettings> cleanup(DrainwatchSettings configured, String instance) {
    return configured.scaleDown().enabled() && !configured.dryRun()
        ? Optional.of(new CleanupSettings(scope(configured), instance + "_" + UUID.randomUUID()))
        : Optional.empty();
  }

  static Scope scope(DrainwatchSettings configured) {
    List<String> namespaces = configured.scaleDown().namespaces();
    return namespaces.contains(ScaleDownSettings.ALL)
        ? Scope.all()
        : new Scope(
            namespaces.stream()
                .map(
                    each ->
                        each.equals(ScaleDownSettings.OWN)
                            ? configured.kubernetes().namespace()
                            : each)
                .toList());
  }

  private static BudgetSettings budget(KubernetesSettings.Drainer drainer) {
    return new BudgetSettings(Map.of(), drainer.budget().flatMap(PoolLimit::parse));
  }

  // The watcher keeps the time of each of its scripts; here a hook is one, however many those are.
  private static LifecycleSettings lifecycle(DrainwatchSettings configured) {
    LifecycleSettings settings = configured.lifecycle();
    Map<Hook, Duration> timeouts = new EnumMap<>(Hook.class);
    for (Hook hook : Hook.values()) {
      timeouts.put(hook, LONGEST_HOOK);
    }
    return settings.withHooks(
        new HookSettings(timeouts, settings.hooks().onFailure(), settings.hooks().recall()));
  }
}
