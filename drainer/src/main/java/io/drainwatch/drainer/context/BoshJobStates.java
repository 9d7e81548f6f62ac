package io.drainwatch.drainer.context;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * BOSH_JOB_STATE and BOSH_JOB_NEXT_STATE as the mapper gives them to the runner (drain-scripts.md
 * 2.4). A VM without data disks, or of unknown sizes, says nothing of the present and only a
 * certain 0 of the future: otherwise its disk would look removed at each reboot.
 *
 * @param present empty: not set
 * @param next empty: not set
 */
public record BoshJobStates(Optional<String> present, Optional<String> next) {

  public static BoshJobStates of(Effects effects, VmFacts vm) {
    Optional<String> present = persistentMegabytes(vm).map(BoshJobStates::json);
    return new BoshJobStates(
        present,
        switch (effects.bosh().jobNextState()) {
          case SAME_SIZE -> present;
          case ZERO -> Optional.of(json(0));
          case LEFT_OUT -> Optional.empty();
        });
  }

  /**
   * The state of a job whose persistent disk has this size, 0 for none (drain-scripts.md 3.3, 2).
   * No space after the colon: scripts look for {@code "persistent_disk":0} with grep.
   */
  public static String json(long megabytes) {
    return "{\"persistent_disk\":" + megabytes + "}";
  }

  private static Optional<Long> persistentMegabytes(VmFacts vm) {
    List<OptionalLong> sizes =
        vm.disks().stream()
            .filter(disk -> disk.kind() == VmFacts.Disk.Kind.PERSISTENT)
            .map(VmFacts.Disk::sizeMb)
            .toList();
    boolean known = !sizes.isEmpty() && sizes.stream().allMatch(BoshJobStates::isKnown);
    return known
        ? Optional.of(sizes.stream().mapToLong(OptionalLong::getAsLong).sum())
        : Optional.empty();
  }

  private static boolean isKnown(OptionalLong size) {
    return size.isPresent() && size.getAsLong() > 0;
  }
}
