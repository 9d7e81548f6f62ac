package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.context.VmFacts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What is taken for the VM where there is none, or the metadata service does not tell. */
public final class SampleVm {
  private SampleVm() {}

  /** A VM with one disk of each kind, so that every variable has something to say. */
  public static VmFacts withDisks(String name) {
    return new VmFacts(
        name,
        Optional.of("00000000-0000-0000-0000-000000000000"),
        Optional.empty(),
        Optional.empty(),
        Optional.of("Deallocate"),
        Optional.empty(),
        Optional.of("1"),
        List.of(
            disk("os", VmFacts.Disk.Kind.OS, OptionalInt.empty(), 30_720, false),
            disk("persistent-0", VmFacts.Disk.Kind.PERSISTENT, OptionalInt.of(0), 65_536, false),
            disk("temp", VmFacts.Disk.Kind.EPHEMERAL, OptionalInt.empty(), 16_384, true)));
  }

  /** Nothing is known but what it is called. */
  public static VmFacts named(String name) {
    return new VmFacts(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static VmFacts.Disk disk(
      String name, VmFacts.Disk.Kind kind, OptionalInt lun, long sizeMb, boolean ephemeral) {
    return new VmFacts.Disk(name, kind, lun, OptionalLong.of(sizeMb), ephemeral);
  }
}
