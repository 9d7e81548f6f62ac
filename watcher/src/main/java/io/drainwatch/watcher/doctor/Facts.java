package io.drainwatch.watcher.doctor;

import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.watcher.notify.Inspection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that was looked at.
 *
 * @param settled what the configuration leads to; empty when it has faults
 */
public record Facts(
    ConfigurationFacts configuration, Optional<Settled> settled, MachineFacts machine) {

  /**
   * The configuration.
   *
   * @param file empty: there is none, all defaults
   */
  public record ConfigurationFacts(Optional<Path> file, List<String> faults, List<String> remarks) {
    public ConfigurationFacts {
      faults = List.copyOf(faults);
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * What can only be looked at when the settings are known.
   *
   * @param bosh empty: BOSH mode is off
   * @param slipstream empty: SlipStream mode is off
   * @param receivers whom the daemon would tell
   */
  public record Settled(
      StateFacts state,
      HookFacts hooks,
      Optional<BoshFacts> bosh,
      Optional<SlipStreamFacts> slipstream,
      MetadataFacts metadata,
      DaemonFacts daemon,
      List<Inspection> receivers,
      Policy policy,
      boolean dryRun,
      Optional<String> configuredName) {

    /** Whether scripts other than native ones take part. */
    boolean hasOtherScripts() {
      return bosh.stream().anyMatch(BoshFacts::hasScripts)
          || slipstream.stream().anyMatch(SlipStreamFacts::hasScripts);
    }
  }
}
