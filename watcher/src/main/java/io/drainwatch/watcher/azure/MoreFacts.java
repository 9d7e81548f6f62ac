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
   * The scale set's model says what new instances are made from. So it says nothing of a VM of its
   * own (Flexible). Of a Uniform instance it always has priority and eviction policy, which never
   * change, and the disks only where the instance was made from this model.
   *
   * @param ofScaleSet the model
   * @param isOnLatestModel whether the instance is known to be made from it
   */
  public static VmFacts of(
      VmFacts told, AzureVm vm, Optional<ScaleSet> ofScaleSet, boolean isOnLatestModel) {
    Optional<ScaleSet> model = ofScaleSet.filter(set -> isUniform(vm));
    boolean tellsItself = !leavesOutDisks(vm);
    DiskFacts disks =
        tellsItself
            ? vm.disks()
            : model.filter(set -> isOnLatestModel).map(ScaleSet::disks).orElse(DiskFacts.NONE);
    boolean areDisksTold = tellsItself || (model.isPresent() && isOnLatestModel);
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
                Optional.of(osDisk(isEphemeralByMetadata, areDisksTold)),
                Optional.of(says(disks) ? FactSources.RESOURCE_MANAGER : FactSources.ASSUMED))));
  }

  /** Only an instance may leave them out; nothing told and nothing there look the same. */
  static boolean leavesOutDisks(AzureVm vm) {
    return isUniform(vm) && vm.disks().equals(DiskFacts.NONE);
  }

  static boolean isUniform(AzureVm vm) {
    return vm.id().kind() == ResourceId.Kind.INSTANCE;
  }

  private static String osDisk(boolean isEphemeralByMetadata, boolean areDisksTold) {
    if (isEphemeralByMetadata) {
      return FactSources.METADATA;
    }
    return areDisksTold ? FactSources.RESOURCE_MANAGER : FactSources.ASSUMED;
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
