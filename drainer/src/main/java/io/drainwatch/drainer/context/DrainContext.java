package io.drainwatch.drainer.context;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The drain context, version 1 (drain-scripts.md 2.2, {@code drain-context-v1.schema.json}): the
 * same members in the same order as the JSON. Texts are made plain and moments cut to the second
 * when a record is made, so that no way of making a context gets around the text rules, and the
 * variables say the same as the JSON.
 *
 * @param id {@code <id of the event that began the episode>/<VM name>}, the same for every hook,
 *     call, retry and restart of the episode
 * @param affectedVms the event's resources in the order received
 * @param rawEvent only where the operator asked for it
 */
public record DrainContext(
    String id,
    Invocation invocation,
    Event event,
    Vm vm,
    List<Disk> disks,
    List<Job> jobs,
    List<Package> packages,
    Instance instance,
    InstanceGroup instanceGroup,
    Deployment deployment,
    List<AffectedVm> affectedVms,
    Optional<RawEvent> rawEvent) {

  public static final int VERSION = 1;

  public DrainContext {
    id = notEmpty("id", id);
    disks = List.copyOf(disks);
    jobs = List.copyOf(jobs);
    packages = List.copyOf(packages);
    affectedVms = List.copyOf(affectedVms);
  }

  /**
   * This call of this script.
   *
   * @param stage of the episode; for cancelled the state it was in, for peer-removed the peer's
   * @param attempt calls of this script in this hook of this episode, from 1
   * @param checkStatus the script asked to be called again (exit 75)
   * @param timeout what is left for this call, at least a second; written in whole seconds
   */
  public record Invocation(
      Hook hook,
      MaintenanceState stage,
      int attempt,
      boolean checkStatus,
      boolean dryRun,
      Instant startedAt,
      Duration timeout) {
    public Invocation {
      if (attempt < 1) {
        throw new IllegalArgumentException("attempts count from 1, not " + attempt);
      }
      if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException(
            "with " + timeout + " left a script is not called at all (drain-scripts.md 1.4)");
      }
      startedAt =
          Timestamp.of(startedAt)
              .orElseThrow(() -> new IllegalArgumentException("no such date in RFC 3339"));
    }
  }

  /**
   * The event with the earliest deadline of the episode.
   *
   * @param notBefore the last known one: the platform empties it once Started
   * @param deadline scripts are ended then
   * @param duration empty where the platform says -1 or nothing
   */
  public record Event(
      String provider,
      String id,
      String type,
      EventPhase status,
      Source source,
      Optional<Instant> notBefore,
      Optional<Instant> deadline,
      Optional<Duration> duration,
      String description,
      String resourceType,
      OptionalLong documentIncarnation) {

    /** Who caused it; a drain asked for on this machine counts as a User's. */
    public enum Source {
      PLATFORM("Platform"),
      USER("User"),
      UNKNOWN("unknown");

      private final String word;

      Source(String word) {
        this.word = word;
      }

      public String word() {
        return word;
      }
    }

    public Event {
      provider = PlainText.of(provider);
      id = notEmpty("event.id", id);
      type = PlainText.of(type);
      notBefore = notBefore.flatMap(Timestamp::of);
      deadline = deadline.flatMap(Timestamp::of);
      duration = duration.filter(length -> !length.isNegative());
      description = PlainText.of(description);
      resourceType = PlainText.of(resourceType);
    }
  }

  /**
   * The VM the event is about. What 2.2 calls always true holds by construction: disposition,
   * {@link #recreated} and {@link #deleted} all follow from the target states.
   *
   * @param isSelf false in peer-removed: everything then speaks of the peer
   * @param targetStates what it ends up as, in the order written
   */
  public record Vm(
      String name,
      boolean isSelf,
      List<NextState.Target> targetStates,
      NextState.Vm nextState,
      Optional<FactSources> sources) {
    public Vm {
      name = PlainText.of(name);
      targetStates = targetStates.stream().distinct().toList();
    }

    public Disposition disposition() {
      return recreated() ? Disposition.RECREATED : Disposition.STOPPED;
    }

    public boolean recreated() {
      return targetStates.contains(NextState.Target.RECREATED);
    }

    /** The jobs here stop, whatever the event; not that the VM stays stopped. */
    public boolean stopped() {
      return true;
    }

    public boolean deleted() {
      return targetStates.contains(NextState.Target.DELETED);
    }
  }

  public record Disk(
      String name,
      VmFacts.Disk.Kind kind,
      OptionalInt lun,
      OptionalLong sizeMb,
      NextState.Disk state,
      NextState.Disk nextState) {
    public Disk {
      name = PlainText.of(name);
      sizeMb = sizeMb.isPresent() && sizeMb.getAsLong() < 0 ? OptionalLong.empty() : sizeMb;
    }
  }

  public record Job(String name, NextState.Job state, NextState.Job nextState) {
    public Job {
      name = PlainText.of(name);
    }
  }

  /** Kept for the BOSH proposal; maintenance has none. */
  public record Package(String name, boolean changed) {
    public Package {
      name = PlainText.of(name);
    }
  }

  public record Instance(
      String name, OptionalLong index, Optional<String> az, NextState.Instance nextState) {
    public Instance {
      name = PlainText.of(name);
      az = az.map(PlainText::of);
    }
  }

  /**
   * The group the VM belongs to.
   *
   * @param name empty for a VM that stands alone
   */
  public record InstanceGroup(
      Optional<String> name, NextState.Group nextState, OptionalInt size, List<Member> instances) {
    public InstanceGroup {
      name = name.map(PlainText::of);
      instances = List.copyOf(instances);
    }

    /**
     * One instance of the group.
     *
     * @param state of its own episode; empty: unknown
     */
    public record Member(
        String name,
        boolean isSelf,
        boolean affected,
        Optional<MaintenanceState> state,
        NextState.Instance nextState) {
      public Member {
        name = PlainText.of(name);
      }
    }
  }

  public record Deployment(Optional<String> name, NextState.Deployment nextState) {
    public Deployment {
      name = name.map(PlainText::of);
    }
  }

  public record AffectedVm(String name, boolean isSelf) {
    public AffectedVm {
      name = PlainText.of(name);
    }
  }

  private static String notEmpty(String member, String text) {
    String plain = PlainText.of(text);
    if (plain.isEmpty()) {
      throw new IllegalArgumentException(member + " has no visible character");
    }
    return plain;
  }
}
