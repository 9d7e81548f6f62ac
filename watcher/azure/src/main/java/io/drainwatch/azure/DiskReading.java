package io.drainwatch.azure;

import com.azure.resourcemanager.compute.models.DiffDiskSettings;
import com.azure.resourcemanager.compute.models.StorageProfile;
import com.azure.resourcemanager.compute.models.VirtualMachineScaleSetStorageProfile;
import io.drainwatch.watcher.azure.DiskFacts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * From the SDK's two models of disks, which have the same in them, to our words. Pure and total.
 */
final class DiskReading {
  private DiskReading() {}

  /** Of a VM or an instance. */
  static DiskFacts of(@Nullable StorageProfile storage) {
    if (storage == null) {
      return DiskFacts.NONE;
    }
    var os = storage.osDisk();
    return facts(
        os == null ? null : os.diffDiskSettings(),
        os == null ? null : os.deleteOption(),
        Told.list(storage.dataDisks()).stream()
            .map(disk -> data(disk.lun(), disk.name(), disk.deleteOption()))
            .toList());
  }

  /** Of what a scale set makes its instances from. */
  static DiskFacts of(@Nullable VirtualMachineScaleSetStorageProfile storage) {
    if (storage == null) {
      return DiskFacts.NONE;
    }
    var os = storage.osDisk();
    return facts(
        os == null ? null : os.diffDiskSettings(),
        os == null ? null : os.deleteOption(),
        Told.list(storage.dataDisks()).stream()
            .map(disk -> data(disk.lun(), disk.name(), disk.deleteOption()))
            .toList());
  }

  private static DiskFacts facts(
      @Nullable DiffDiskSettings local,
      @Nullable Object osDeleteOption,
      List<DiskFacts.DataDisk> data) {
    return new DiskFacts(
        local == null || local.option() == null
            ? Optional.empty()
            : Told.some(local.placement()).or(() -> Optional.of("local")),
        Told.some(osDeleteOption),
        data);
  }

  private static DiskFacts.DataDisk data(
      int lun, @Nullable String name, @Nullable Object deleteOption) {
    return new DiskFacts.DataDisk(OptionalInt.of(lun), Told.text(name), Told.some(deleteOption));
  }
}
