package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.context.FactSources;
import io.drainwatch.drainer.context.VmFacts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What Resource Manager adds to the facts of the metadata service (drain-scripts.md 2.4). The
 * compute document comes first: what it tells stays. Pure.
 */
public final class MoreFacts {
  private MoreFacts() {}

  /**
   * @param model of the VM's scale set, which has what a Uniform instance leaves out
   */
  public static VmFacts of(VmFacts told, AzureVm vm, Optional<ScaleSet> model) {
    DiskFacts disks = disks(vm, model);
    Optional<Spot> spot = vm.spot().or(() -> model.flatMap(ScaleSet::spot));
    Optional<String> policy =
        told.evictionPolicy().or(() -> spot.map(each -> each.deletes() ? "Delete" : "Deallocate"));
    boolean isEphemeralByMetadata =
        told.disks().stream()
            .anyMatch(disk -> disk.kind() == VmFacts.Disk.Kind.OS && disk.ephemeral());
    return new VmFacts(
        told.name(),
        told.vmId(),
        told.resourceId(),
        told.priority().or(() -> spot.map(each -> "Spot")),
        policy,
        told.scaleSet(),
        told.zone(),
        told.disks().stream().map(disk -> more(disk, disks)).toList(),
        Optional.of(
            new FactSources(
                told.evictionPolicy().isPresent()
                    ? Optional.of(FactSources.METADATA)
                    : spot.map(each -> FactSources.RESOURCE_MANAGER),
                Optional.of(
                    isEphemeralByMetadata ? FactSources.METADATA : FactSources.RESOURCE_MANAGER),
                Optional.of(says(disks) ? FactSources.RESOURCE_MANAGER : FactSources.ASSUMED))));
  }

  private static DiskFacts disks(AzureVm vm, Optional<ScaleSet> model) {
    DiskFacts own = vm.disks();
    DiskFacts ofModel = model.map(ScaleSet::disks).orElse(DiskFacts.NONE);
    return new DiskFacts(
        own.ephemeralOs().or(ofModel::ephemeralOs),
        own.osDeleteOption().or(ofModel::osDeleteOption),
        own.dataDisks().stream()
            .map(
                disk ->
                    new DiskFacts.DataDisk(
                        disk.lun(),
                        disk.name(),
                        disk.deleteOption().or(() -> option(ofModel, disk.lun()))))
            .toList());
  }

  private static boolean says(DiskFacts disks) {
    return disks.osDeleteOption().isPresent()
        || disks.dataDisks().stream().anyMatch(disk -> disk.deleteOption().isPresent());
  }

  private static VmFacts.Disk more(VmFacts.Disk disk, DiskFacts facts) {
    return switch (disk.kind()) {
      case OS ->
          new VmFacts.Disk(
              disk.name(),
              disk.kind(),
              disk.lun(),
              disk.sizeMb(),
              disk.ephemeral() || facts.ephemeralOs().isPresent(),
              facts.osDeleteOption());
      case PERSISTENT ->
          new VmFacts.Disk(
              disk.name(),
              disk.kind(),
              disk.lun(),
              disk.sizeMb(),
              disk.ephemeral(),
              option(facts, disk.lun()));
      case EPHEMERAL -> disk;
    };
  }

  /** Disks are told apart by their number; a name may be cut or in another case. */
  private static Optional<String> option(DiskFacts facts, OptionalInt lun) {
    List<DiskFacts.DataDisk> same =
        facts.dataDisks().stream()
            .filter(disk -> lun.isPresent() && disk.lun().equals(lun))
            .toList();
    return same.size() == 1 ? same.getFirst().deleteOption() : Optional.empty();
  }
}
