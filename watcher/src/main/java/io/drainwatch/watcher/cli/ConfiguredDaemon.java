package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.context.NextState;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.ScriptNames;
import io.drainwatch.watcher.configuration.DrainContextSettings;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.HooksSettings;
import io.drainwatch.watcher.daemon.DaemonSettings;
import io.drainwatch.watcher.events.ApiVersions;
import io.drainwatch.watcher.events.MetadataSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From what the operator wrote to what the parts of the daemon are made with. */
final class ConfiguredDaemon {
  private ConfiguredDaemon() {}

  static DaemonSettings settings(DrainwatchSettings configured) {
    return new DaemonSettings(
        metadata(configured),
        configured.lifecycle(),
        configured.stateDir(),
        configured.vmName(),
        configured.hooks().directories(),
        scriptNames(configured.hooks()),
        configured.hooks().envDrop(),
        logDirectory(configured.hooks()),
        parallel(configured.hooks()),
        context(configured),
        configured.compat().webdevops(),
        configured.tracing().enabled(),
        configured.bosh().mode(),
        configured.slipstream(),
        configured.history().entries());
  }

  static MetadataSettings metadata(DrainwatchSettings configured) {
    var metadata = configured.metadata();
    return new MetadataSettings(
        metadata.url(),
        new ApiVersions(metadata.apiVersion(), metadata.preview()),
        MetadataSettings.DEFAULT_INSTANCE_VERSION,
        metadata.pollInterval(),
        metadata.connectTimeout(),
        metadata.timeout(),
        metadata.firstTimeout());
  }

  static ScriptNames scriptNames(HooksSettings hooks) {
    return switch (hooks.names()) {
      case ANY -> ScriptNames.ANY;
      case RUN_PARTS -> ScriptNames.RUN_PARTS;
    };
  }

  private static Optional<Path> logDirectory(HooksSettings hooks) {
    return hooks.logFiles() ? Optional.of(hooks.logDir()) : Optional.empty();
  }

  private static Set<Hook> parallel(HooksSettings hooks) {
    return Arrays.stream(Hook.values())
        .filter(hook -> hooks.of(hook).parallel())
        .collect(Collectors.toUnmodifiableSet());
  }

  static ContextSettings context(DrainwatchSettings configured) {
    DrainContextSettings context = configured.context();
    return new ContextSettings(
        switch (configured.bosh().redeploy()) {
          case RECREATE -> ContextSettings.Redeploy.RECREATE;
          case KEEP -> ContextSettings.Redeploy.KEEP;
        },
        switch (context.terminateDisks()) {
          case DELETED -> NextState.Disk.DELETED;
          case UNAVAILABLE -> NextState.Disk.UNAVAILABLE;
        },
        switch (context.deploymentNextState()) {
          case UPDATED -> NextState.Deployment.UPDATED;
          case DELETED -> NextState.Deployment.DELETED;
        },
        context.deploymentName(),
        context.replacement(),
        context.jobs(),
        context.rawEvent(),
        ContextSettings.MAXIMUM_INLINE_BYTES);
  }
}
