package io.drainwatch.drainer.context;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is known of this VM beside the event, mostly from the metadata service's compute document
 * (azure-scheduled-events.md, section 10). Empty means: not told.
 *
 * @param name resource name as in an event's {@code Resources}
 * @param evictionPolicy {@code Deallocate} or {@code Delete} as received; empty reads as Delete
 * @param scaleSet name of the scale set or other group; empty for a VM that stands alone
 * @param sources where the facts that decide over a disposition are from; empty: nobody asked
 *     further than the metadata service
 */
public record VmFacts(
    String name,
    Optional<String> vmId,
    Optional<String> resourceId,
    Optional<String> priority,
    Optional<String> evictionPolicy,
    Optional<String> scaleSet,
    Optional<String> zone,
    List<Disk> disks,
    Optional<FactSources> sources) {

  public VmFacts {
    disks = List.copyOf(disks);
  }

  /** As the metadata service tells it, which is where such facts are from unless it is said. */
  public VmFacts(
      String name,
      Optional<String> vmId,
      Optional<String> resourceId,
      Optional<String> priority,
      Optional<String> evictionPolicy,
      Optional<String> scaleSet,
      Optional<String> zone,
      List<Disk> disks) {
    this(name, vmId, resourceId, priority, evictionPolicy, scaleSet, zone, disks, Optional.empty());
  }

  /**
   * One disk of the VM.
   *
   * @param ephemeral an OS disk on the host ({@code diffDiskSettings} set); always true for the
   *     temp disk
   * @param deleteOption {@code Delete} or {@code Detach}: what becomes of it when the VM is
   *     deleted; the metadata service does not tell
   */
  public record Disk(
      String name,
      Kind kind,
      OptionalInt lun,
      OptionalLong sizeMb,
      boolean ephemeral,
      Optional<String> deleteOption) {

    public Disk(String name, Kind kind, OptionalInt lun, OptionalLong sizeMb, boolean ephemeral) {
      this(name, kind, lun, sizeMb, ephemeral, Optional.empty());
    }

    /** Kept when the VM is deleted. */
    public boolean isDetached() {
      return !ephemeral && deleteOption.filter("Detach"::equalsIgnoreCase).isPresent();
    }

    /** The words of the context's {@code disks[].kind}. */
    public enum Kind {
      OS,
      PERSISTENT,
      EPHEMERAL;

      public String word() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /** An eviction deletes the VM unless the platform says Deallocate. */
  public boolean isDeletedWhenEvicted() {
    return !evictionPolicy.map("Deallocate"::equalsIgnoreCase).orElse(false);
  }
}
