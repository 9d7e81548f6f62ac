package io.drainwatch.watcher.azure;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What Resource Manager tells of disks and the metadata service does not.
 *
 * @param ephemeralOs where the OS disk lies if it is on the host: CacheDisk, ResourceDisk,
 *     NvmeDisk, or local where that is not said; empty: it is a disk of its own
 * @param osDeleteOption {@code Delete} or {@code Detach}; empty where it is not said
 */
public record DiskFacts(
    Optional<String> ephemeralOs, Optional<String> osDeleteOption, List<DataDisk> dataDisks) {

  public static final DiskFacts NONE = new DiskFacts(Optional.empty(), Optional.empty(), List.of());

  /** One data disk. */
  public record DataDisk(OptionalInt lun, String name, Optional<String> deleteOption) {}

  public DiskFacts {
    dataDisks = List.copyOf(dataDisks);
  }
}
