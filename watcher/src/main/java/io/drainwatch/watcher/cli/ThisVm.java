package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.watcher.byhand.SampleVm;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.events.Identity;
import io.drainwatch.watcher.events.MetadataClient;
import io.drainwatch.watcher.events.MetadataSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What can be learned of this VM at once: from the metadata service, else just its name. */
final class ThisVm {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private ThisVm() {}

  static VmFacts facts(DrainwatchSettings settings, Caller caller) {
    MetadataSettings metadata = ConfiguredDaemon.metadata(settings);
    MetadataSettings impatient =
        new MetadataSettings(
            metadata.base(),
            metadata.versions(),
            metadata.instanceVersion(),
            metadata.pollInterval(),
            PATIENCE,
            PATIENCE,
            PATIENCE);
    try (MetadataClient client = new MetadataClient(impatient, caller.clock(), System::nanoTime)) {
      return switch (client.identity()) {
        case Identity.Found(VmFacts facts) ->
            settings.vmName().map(name -> renamed(facts, name)).orElse(facts);
        case Identity.Failed failed -> {
          caller.complain(
              "What is not known of this VM stays empty in the context: the metadata service does"
                  + " not answer at once.");
          yield SampleVm.named(settings.vmName().orElseGet(ThisVm::hostName));
        }
      };
    }
  }

  private static VmFacts renamed(VmFacts facts, String name) {
    return new VmFacts(
        name,
        facts.vmId(),
        facts.resourceId(),
        facts.priority(),
        facts.evictionPolicy(),
        facts.scaleSet(),
        facts.zone(),
        facts.disks());
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      return "this-vm";
    }
  }
}
