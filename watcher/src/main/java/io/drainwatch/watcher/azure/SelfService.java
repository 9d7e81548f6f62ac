package io.drainwatch.watcher.azure;

import java.time.Instant;
import java.util.Optional;

/** Whether a VM's planned maintenance may be started by its owner now. Pure. */
public final class SelfService {
  private SelfService() {}

  /** Why not; empty: it may. */
  public static Optional<String> objection(AzureVm vm, Instant now) {
    if (vm.maintenance().isEmpty()) {
      return Optional.of("No maintenance is planned for " + vm.id().words() + ".");
    }
    PlannedMaintenance planned = vm.maintenance().get();
    if (planned.lastResult().equals("MaintenanceCompleted")) {
      return Optional.of("The maintenance of " + vm.id().words() + " is done already.");
    }
    if (planned.selfServiceFrom().filter(now::isBefore).isPresent()) {
      return Optional.of(
          "The window of "
              + vm.id().words()
              + " opens at "
              + planned.selfServiceFrom().get()
              + ".");
    }
    if (!planned.selfService()
        || planned.selfServiceUntil().filter(end -> !now.isBefore(end)).isPresent()) {
      return Optional.of(
          "The maintenance of "
              + vm.id().words()
              + " cannot be started by its owner now; it comes as an event"
              + planned.from().map(at -> ", from " + at).orElse("")
              + ".");
    }
    return vm.hasFailed()
        ? Optional.of("The provisioning of " + vm.id().words() + " has failed: mend that first.")
        : Optional.empty();
  }
}
