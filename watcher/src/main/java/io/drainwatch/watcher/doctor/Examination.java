package io.drainwatch.watcher.doctor;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.BoshTree;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.HookDirectories;
import io.drainwatch.drainer.slipstream.SlipStreamDirectory;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.Fault;
import io.drainwatch.watcher.configuration.Reading;
import io.drainwatch.watcher.doctor.Facts.ConfigurationFacts;
import io.drainwatch.watcher.events.MetadataSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Shell: takes every look, one after another, and changes nothing by it.
 *
 * @param root of the file system that the machine is looked at in
 */
public record Examination(
    Path root, Map<String, String> environment, InstantSource clock, LongSupplier nanoseconds) {

  /** What the settings lead to, as the daemon would be made from them. */
  public record Parts(
      HookDirectories hooks,
      BoshSettings bosh,
      BoshTree jobs,
      SlipStreamSettings slipstream,
      SlipStreamDirectory scaling,
      MetadataSettings metadata) {}

  /** With a configuration that has faults, only the machine is looked at. */
  public Facts faulty(Optional<Path> file, Reading.Faults faults) {
    return new Facts(
        new ConfigurationFacts(
            file, faults.faults().stream().map(Fault::toString).toList(), List.of()),
        Optional.empty(),
        new MachineLook(root, environment).look());
  }

  public Facts of(Optional<Path> file, Reading.Read read, Parts parts) {
    DrainwatchSettings settings = read.settings();
    return new Facts(
        new ConfigurationFacts(file, List.of(), read.remarks()),
        Optional.of(
            new Facts.Settled(
                StateLook.at(settings.stateDir()),
                new HookFacts(
                    settings.hooks().directories(),
                    Arrays.stream(Hook.values()).map(parts.hooks()::list).toList(),
                    parts.hooks().unknownDirectories()),
                OtherScriptsLook.at(parts.bosh(), parts.jobs()),
                OtherScriptsLook.at(parts.slipstream(), parts.scaling()),
                new MetadataLook(root, environment, clock, nanoseconds).at(parts.metadata()),
                DaemonLook.at(settings.server()),
                ReceiversLook.at(settings),
                settings.policy(),
                settings.dryRun(),
                settings.vmName())),
        new MachineLook(root, environment).look());
  }
}
