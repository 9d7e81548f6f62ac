package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.scripts.ScriptNames;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import io.drainwatch.watcher.events.MetadataSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that a daemon on a plain VM is started with.
 *
 * @param vmName only to override what the metadata service calls this VM
 * @param hookDirectories the operator's first
 * @param traceParent whether scripts are told under which span they run
 * @param logDirectory where each script's output goes as well; empty: to the log alone
 */
public record DaemonSettings(
    MetadataSettings metadata,
    LifecycleSettings lifecycle,
    Path stateDirectory,
    Optional<String> vmName,
    List<Path> hookDirectories,
    ScriptNames scriptNames,
    List<String> environmentDrop,
    Optional<Path> logDirectory,
    Set<Hook> parallel,
    ContextSettings context,
    boolean webdevops,
    boolean traceParent,
    BoshSettings bosh,
    SlipStreamSettings slipstream,
    int historyEntries) {

  public DaemonSettings {
    hookDirectories = List.copyOf(hookDirectories);
    environmentDrop = List.copyOf(environmentDrop);
    parallel = Set.copyOf(parallel);
  }
}
