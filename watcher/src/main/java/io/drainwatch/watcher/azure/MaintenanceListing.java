package io.drainwatch.watcher.azure;

import java.util.ArrayList;
import java.util.List;

/**
 * The VMs for which maintenance is planned.
 *
 * @param unread what could not be looked at
 */
public record MaintenanceListing(List<AzureVm> vms, List<Trouble> unread) {

  public MaintenanceListing {
    vms = List.copyOf(vms);
    unread = List.copyOf(unread);
  }

  /** From the readings of single VMs and of scale sets. */
  public static MaintenanceListing of(List<Examined> examined) {
    List<AzureVm> vms = new ArrayList<>();
    List<Trouble> unread = new ArrayList<>();
    for (Examined each : examined) {
      switch (each) {
        case Examined.OfVm of -> vms.add(of.vm());
        case Examined.Unread(Trouble trouble) -> unread.add(trouble);
        case Examined.OfScaleSet of -> {
          of.members().problem().ifPresent(unread::add);
          for (AzureAnswer<AzureVm> instance : of.instances()) {
            instance.found().ifPresent(vms::add);
            instance.problem().ifPresent(unread::add);
          }
        }
      }
    }
    return new MaintenanceListing(
        vms.stream().filter(vm -> vm.maintenance().isPresent()).toList(), unread);
  }
}
