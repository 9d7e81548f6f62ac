package io.drainwatch.drainer.context;

import io.drainwatch.drainer.context.MappingTable.Cell;
import io.drainwatch.drainer.context.MappingTable.Row;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an event does to the VM and what each script contract calls that: one column of {@link
 * MappingTable} with its footnotes applied to this VM and these settings.
 *
 * @param targets what the VM ends up as; recreated is the last where it is there
 * @param drainSafeGrace what DrainSafe itself gives; empty where it ignores the event
 */
public record Effects(
    Disposition disposition,
    List<NextState.Target> targets,
    NextState.Disk osDisk,
    NextState.Disk persistentDisks,
    NextState.Disk ephemeralDisk,
    NextState.Job jobs,
    NextState.Instance instance,
    NextState.Group group,
    NextState.Deployment deployment,
    Bosh bosh,
    SlipStream slipStream,
    Optional<Duration> drainSafeGrace) {

  public Effects {
    targets = List.copyOf(targets);
    boolean recreated = targets.contains(NextState.Target.RECREATED);
    if (recreated != (disposition == Disposition.RECREATED)) {
      throw new IllegalArgumentException(
          "disposition " + disposition.word() + " does not go with target states " + targets);
    }
  }

  /** BOSH mode; {@code $2} of drain is always hash_unchanged. */
  public record Bosh(
      NextState.Vm vm,
      NextState.Vm instance,
      NextState.Vm deployment,
      DrainArgument drainArgument,
      JobNextState jobNextState) {}

  /** {@code $1} of a BOSH drain script. */
  public enum DrainArgument {
    JOB_CHANGED,
    JOB_SHUTDOWN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What BOSH_JOB_NEXT_STATE says of the persistent disk. */
  public enum JobNextState {
    SAME_SIZE,
    ZERO,
    LEFT_OUT
  }

  /** SLIPSTREAM_SCALING_ACTION of Pre-Scale and Post-Scale. */
  public enum ScaleAction {
    VM_RESIZE,
    VM_REMOVE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * SlipStream mode.
   *
   * @param onlyIfDrained a Freeze that is merely observed has neither Pre-Scale nor Post-Scale
   * @param peersAreTold On VM Remove on the VMs that are not named, with an empty action
   */
  public record SlipStream(
      ScaleAction before,
      Optional<ScaleAction> after,
      boolean onlyIfDrained,
      boolean peersAreTold) {
    public Optional<ScaleAction> preScale(boolean drained) {
      return Optional.of(before).filter(action -> drained || !onlyIfDrained);
    }

    public Optional<ScaleAction> postScale(boolean drained) {
      return after.filter(action -> drained || !onlyIfDrained);
    }
  }

  public static Effects of(EventColumn column, VmFacts vm, ContextSettings settings) {
    Column cells = new Column(column);
    NextState.Job jobs = cells.state(Row.JOBS, NextState.Job.values());
    // A VM that comes back by itself needs no other one in its place.
    boolean replaced = settings.replacement() && jobs != NextState.Job.RUNNING;
    return new Effects(
        replaced ? Disposition.RECREATED : cells.disposition(),
        targets(cells, replaced),
        osDisk(cells, vm, settings),
        disk(cells, Row.PERSISTENT_DISKS, vm, VmFacts.Disk.Kind.PERSISTENT, settings),
        disk(cells, Row.EPHEMERAL_DISK, vm, VmFacts.Disk.Kind.EPHEMERAL, settings),
        jobs,
        cells.state(Row.INSTANCE, NextState.Instance.values()),
        cells.state(Row.GROUP, NextState.Group.values()),
        isDeploymentDeleted(settings)
            ? NextState.Deployment.DELETED
            : cells.state(Row.DEPLOYMENT, NextState.Deployment.values()),
        bosh(cells, vm, settings),
        slipStream(cells),
        grace(cells));
  }

  private static List<NextState.Target> targets(Column cells, boolean replaced) {
    NextState.Target target = cells.state(Row.TARGET_STATES, NextState.Target.values());
    return replaced ? List.of(target, NextState.Target.RECREATED) : List.of(target);
  }

  private static NextState.Disk osDisk(Column cells, VmFacts vm, ContextSettings settings) {
    NextState.Disk state = disk(cells, Row.OS_DISK, vm, VmFacts.Disk.Kind.OS, settings);
    boolean onTheHost =
        vm.disks().stream()
            .anyMatch(disk -> disk.kind() == VmFacts.Disk.Kind.OS && disk.ephemeral());
    // A disk on the host cannot be detached and kept either, whatever the settings say.
    boolean lost = cells.cell(Row.OS_DISK).has("^e") || state == NextState.Disk.UNAVAILABLE;
    return onTheHost && lost ? NextState.Disk.DELETED : state;
  }

  private static NextState.Disk disk(
      Column cells, Row row, VmFacts vm, VmFacts.Disk.Kind kind, ContextSettings settings) {
    if (!cells.cell(row).has("^t")) {
      return cells.state(row, NextState.Disk.values());
    }
    return areDetached(vm, kind) ? NextState.Disk.UNAVAILABLE : settings.terminateDisks();
  }

  /**
   * All of a kind, by what the platform says itself; one of unknown fate makes it the worse case.
   */
  private static boolean areDetached(VmFacts vm, VmFacts.Disk.Kind kind) {
    List<VmFacts.Disk> disks = vm.disks().stream().filter(disk -> disk.kind() == kind).toList();
    return !disks.isEmpty() && disks.stream().allMatch(VmFacts.Disk::isDetached);
  }

  /**
   * What becomes of one disk where the platform says it of that very disk, as it does for a
   * Terminate; a setting that keeps them all is not overruled.
   */
  static Optional<NextState.Disk> ofDisk(
      EventColumn column, VmFacts.Disk disk, ContextSettings settings) {
    Row row =
        switch (disk.kind()) {
          case OS -> Row.OS_DISK;
          case PERSISTENT -> Row.PERSISTENT_DISKS;
          case EPHEMERAL -> Row.EPHEMERAL_DISK;
        };
    return MappingTable.cell(row, column).has("^t")
            && settings.terminateDisks() == NextState.Disk.DELETED
            && disk.isDetached()
        ? Optional.of(NextState.Disk.UNAVAILABLE)
        : Optional.empty();
  }

  private static Bosh bosh(Column cells, VmFacts vm, ContextSettings settings) {
    boolean kept = settings.redeploy() == ContextSettings.Redeploy.KEEP;
    boolean disksKept =
        settings.terminateDisks() == NextState.Disk.UNAVAILABLE
            || areDetached(vm, VmFacts.Disk.Kind.PERSISTENT);
    return new Bosh(
        kept && cells.cell(Row.BOSH_VM_NEXT_STATE).has("^r")
            ? NextState.Vm.KEEP
            : cells.state(Row.BOSH_VM_NEXT_STATE, NextState.Vm.values()),
        cells.state(Row.BOSH_INSTANCE_NEXT_STATE, NextState.Vm.values()),
        isDeploymentDeleted(settings)
            ? NextState.Vm.DELETE
            : cells.state(Row.BOSH_DEPLOYMENT_NEXT_STATE, NextState.Vm.values()),
        kept && cells.cell(Row.DRAIN_ARGUMENT).has("^r")
            ? DrainArgument.JOB_CHANGED
            : cells.word(Row.DRAIN_ARGUMENT, DrainArgument.values()),
        disksKept && cells.cell(Row.BOSH_JOB_NEXT_STATE).has("^t")
            ? JobNextState.SAME_SIZE
            : cells.word(Row.BOSH_JOB_NEXT_STATE, JobNextState.values()));
  }

  private static SlipStream slipStream(Column cells) {
    return new SlipStream(
        cells.word(Row.PRE_SCALE, ScaleAction.values()),
        cells.cell(Row.POST_SCALE).isNothing()
            ? Optional.empty()
            : Optional.of(cells.word(Row.POST_SCALE, ScaleAction.values())),
        cells.cell(Row.PRE_SCALE).has("^d"),
        !cells.cell(Row.PEERS).isNothing());
  }

  private static Optional<Duration> grace(Column cells) {
    Cell cell = cells.cell(Row.DRAINSAFE_GRACE);
    return cell.isNothing()
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(Long.parseLong(cell.word().replace(" s", ""))));
  }

  private static boolean isDeploymentDeleted(ContextSettings settings) {
    return settings.deploymentNextState() == NextState.Deployment.DELETED;
  }

  /** One column of the table, its words read as the enums they stand for. */
  private record Column(EventColumn column) {
    Cell cell(Row row) {
      return MappingTable.cell(row, column);
    }

    <S extends NextState> S state(Row row, S[] states) {
      return only(row, Arrays.stream(states).filter(state -> state.word().equals(word(row))));
    }

    /** As {@link #state} for enums whose words may have an underscore. */
    <E extends Enum<E>> E word(Row row, E[] constants) {
      String name = word(row).toUpperCase(Locale.ROOT).replace('-', '_');
      return only(row, Arrays.stream(constants).filter(one -> one.name().equals(name)));
    }

    Disposition disposition() {
      return word(Row.DISPOSITION, Disposition.values());
    }

    private String word(Row row) {
      return cell(row).word();
    }

    private <T> T only(Row row, Stream<T> found) {
      return found
          .findFirst()
          .orElseThrow(
              () -> new IllegalStateException(row + " of " + column + " is no word: " + word(row)));
    }
  }
}
