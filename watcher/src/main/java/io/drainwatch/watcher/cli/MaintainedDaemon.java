package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.operator.StatusReading;
import io.drainwatch.watcher.report.MaintenanceStatus;
import java.util.Optional;

/**
 * That the daemon which drains, or the Node, is that of the VM which is then stopped. Names are not
 * enough: two resource groups may have a VM of the same name.
 */
final class MaintainedDaemon {
  private MaintainedDaemon() {}

  static void refuseAnother(DrainwatchSettings settings, Caller caller, AzureVm vm) {
    ResourceId id = vm.id();
    StatusReading reading = StatusReading.read(settings, Version.text(), caller.clock().instant());
    if (!(reading instanceof StatusReading.FromDaemon daemon)) {
      throw new CommandStopped(
          ExitCode.NO_DAEMON,
          "The daemon of "
              + id.words()
              + " does not answer, so it cannot be drained."
              + " Nothing was done.");
    }
    Optional<MaintenanceStatus.Vm> its = daemon.status().vm();
    if (its.filter(each -> isSame(each, vm)).isEmpty()) {
      throw new CommandStopped(
          ExitCode.FAILED,
          "The daemon at "
              + daemon.address()
              + " is that of "
              + its.map(MaintainedDaemon::words).map(Lines::plain).orElse("a VM not known yet")
              + ", not of "
              + id.words()
              + (vm.vmId().isEmpty() ? "" : Lines.plain(" with the vmId " + vm.vmId()))
              + ": name the right one with --config. Nothing was done.");
    }
  }

  /** Both have a name always; an id only where the platform told it. */
  private static boolean isSame(MaintenanceStatus.Vm its, AzureVm vm) {
    boolean isOfAnotherId =
        !vm.vmId().isEmpty()
            && its.vmId()
                .filter(id -> !id.isEmpty() && !id.equalsIgnoreCase(vm.vmId()))
                .isPresent();
    return its.name().equalsIgnoreCase(vm.id().eventName()) && !isOfAnotherId;
  }

  private static String words(MaintenanceStatus.Vm its) {
    return its.name() + its.vmId().map(id -> " with the vmId " + id).orElse("");
  }

  static void refuseAnotherNode(Cluster cluster, String node, ResourceId id) {
    switch (cluster.readNode(node)) {
      case NodeReading.Found(NodeFacts facts) -> {
        if (ResourceId.parse(facts.providerId()).filter(id::isSameAs).isEmpty()) {
          throw new CommandStopped(
              ExitCode.FAILED,
              Lines.plain(
                  "The Node "
                      + node
                      + " is not "
                      + id.words()
                      + " (its providerID: "
                      + (facts.providerId().isEmpty() ? "none" : facts.providerId())
                      + "). Nothing was done."));
        }
      }
      case NodeReading.Gone() ->
          throw new CommandStopped(
              ExitCode.FAILED, Lines.plain("There is no Node " + node + ". Nothing was done."));
      case NodeReading.Unknown(String why) ->
          throw new CommandStopped(
              ExitCode.NO_DAEMON,
              Lines.plain("The Node " + node + " cannot be read: " + why + ". Nothing was done."));
    }
  }
}
