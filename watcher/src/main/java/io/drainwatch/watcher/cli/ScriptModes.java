package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.BoshTree;
import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.drainer.slipstream.ScalingCalls;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.daemon.DaemonSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * BOSH mode and SlipStream mode, as far as commands run scripts by hand.
 *
 * @param slipStreamWork the current directory of SlipStream's scripts
 */
record ScriptModes(BoshSettings bosh, SlipStreamSettings slipStream, Path slipStreamWork) {

  /** As the daemon would have them: {@link ConfiguredDaemon} alone reads what is configured. */
  static ScriptModes of(DrainwatchSettings configured) {
    DaemonSettings daemon = ConfiguredDaemon.settings(configured);
    return new ScriptModes(daemon.bosh(), daemon.slipstream(), ScalingCalls.WORK_DIRECTORY);
  }

  /**
   * Over a tree to be tried. Without {@code bosh.stop} and {@code bosh.start}, which are about the
   * processes of the machine, not about the tree; {@code bosh.jobs} is about another tree.
   *
   * @param jobs empty: all
   */
  BoshSettings boshOver(Path base, List<String> jobs) {
    return new BoshSettings(
        true,
        base,
        jobs,
        bosh.skipDrain(),
        bosh.checks(),
        bosh.exitCode(),
        bosh.maxSleep(),
        bosh.drainVariables(),
        List.of(),
        List.of(),
        bosh.commandLimit());
  }

  /** Over a directory to be tried. */
  SlipStreamSettings slipStreamOver(Path directory) {
    return new SlipStreamSettings(
        true,
        directory,
        slipStream.names(),
        slipStream.actions(),
        slipStream.exitCode(),
        slipStream.drainVariables());
  }

  /** {@code bosh.checks: off} leaves out owner and modes. */
  static SafetyCheck check(BoshSettings settings, SafetyCheck full) {
    return settings.checks() ? full : BoshTree.checkOf(settings);
  }
}
