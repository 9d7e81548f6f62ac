package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.operator.StatusReading;
import java.util.Optional;

/** That the daemon which drains is that of the VM which is then stopped. */
final class MaintainedDaemon {
  private MaintainedDaemon() {}

  static void refuseAnother(DrainwatchSettings settings, Caller caller, ResourceId id) {
    StatusReading reading = StatusReading.read(settings, Version.text(), caller.clock().instant());
    if (!(reading instanceof StatusReading.FromDaemon daemon)) {
      throw new CommandStopped(
          ExitCode.NO_DAEMON,
          "The daemon of "
              + id.words()
              + " does not answer, so it cannot be drained."
              + " Nothing was done.");
    }
    Optional<String> name = daemon.status().vm().map(vm -> vm.name());
    if (name.filter(id.eventName()::equalsIgnoreCase).isEmpty()) {
      throw new CommandStopped(
          ExitCode.FAILED,
          "The daemon at "
              + daemon.address()
              + " is that of "
              + name.map(Lines::plain).orElse("a VM not known yet")
              + ", not of "
              + id.words()
              + ": name the right one with --config. Nothing was done.");
    }
  }
}
