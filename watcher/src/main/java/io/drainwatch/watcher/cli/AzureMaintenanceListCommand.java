package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.azure.AzureExamination;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.MaintenanceListing;
import io.drainwatch.watcher.azure.PlannedMaintenance;
import io.drainwatch.watcher.azure.SelfService;
import io.drainwatch.watcher.azure.Trouble;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description = "Lists the VMs for which maintenance is planned. Changes nothing.",
    footer = {
      "",
      "Example: drainwatch azure maintenance list --vmss ID",
      "",
      "Exit codes: 0 done, 1 something could not be read, 2 wrong arguments, 3 faulty"
          + " configuration, 6 Azure does not answer."
    })
final class AzureMaintenanceListCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private AzureOption azure = new AzureOption();
  @Mixin private AzureTarget target = new AzureTarget();
  @Mixin private OutputOption output = new OutputOption();

  private final Caller caller;

  AzureMaintenanceListCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() {
    Logging.off();
    AzureTarget.Chosen chosen = target.chosen(caller, configuration);
    try (AzureResources resources = azure.open(caller, configuration)) {
      AzureExamination examination = new AzureExamination(resources, false, Optional.empty());
      MaintenanceListing listing =
          MaintenanceListing.of(
              switch (chosen) {
                case AzureTarget.Chosen.One one -> examination.of(one.id());
                case AzureTarget.Chosen.Group(String subscription, String name) ->
                    examination.ofGroup(subscription, name);
              });
      print(listing);
      for (Trouble trouble : listing.unread()) {
        if (listing.vms().isEmpty() && trouble.isOfTheConnection()) {
          throw AzureOption.stopped(trouble);
        }
        caller.complain(Lines.plain(trouble.sentence()));
      }
      return listing.unread().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private void print(MaintenanceListing listing) {
    Instant now = caller.clock().instant();
    if (output.isJson()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      listing.vms().forEach(vm -> list.add(json(vm, now)));
      caller.out().println(list);
      return;
    }
    for (AzureVm vm : listing.vms()) {
      caller
          .out()
          .println(
              Lines.plain(
                  vm.id().path()
                      + "  "
                      + SelfService.objection(vm, now)
                          .orElseGet(
                              () ->
                                  "may be started"
                                      + vm.maintenance()
                                          .flatMap(PlannedMaintenance::selfServiceUntil)
                                          .map(end -> " until " + end)
                                          .orElse(""))));
    }
  }

  private static ObjectNode json(AzureVm vm, Instant now) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    PlannedMaintenance planned = vm.maintenance().orElseThrow();
    entry
        .put("vm", vm.id().path())
        .put("may_be_started", SelfService.objection(vm, now).isEmpty())
        .put("self_service_from", planned.selfServiceFrom().map(Instant::toString).orElse(null))
        .put("self_service_until", planned.selfServiceUntil().map(Instant::toString).orElse(null))
        .put("from", planned.from().map(Instant::toString).orElse(null))
        .put("until", planned.until().map(Instant::toString).orElse(null))
        .put("last_result", planned.lastResult());
    return entry;
  }
}
