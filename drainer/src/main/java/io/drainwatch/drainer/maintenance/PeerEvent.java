package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A Preempt or Terminate of other VMs than this one, or that others are new ({@link #hook}), cut to
 * what the record can bear: no raw text, {@value #MOST_VMS} VMs.
 *
 * @param event as last seen; its resources are the VMs it removes, each once, in the order named;
 *     once Started it never reads as Scheduled again
 * @param notBefore the last readable one; the platform empties it once Started
 * @param missingSince when the first valid document without it came; empty while it stands
 * @param dueSince when it was gone for good after it ran: peer-removed is to run for its VMs
 */
public record PeerEvent(
    ScheduledEvent event,
    Optional<Instant> notBefore,
    Optional<Instant> missingSince,
    Optional<Instant> dueSince) {
  static final int MOST_VMS = 100;

  /** No type and no id of the platform. */
  private static final String ADDED = "VmAdded";

  private static final String ADDED_ID = "added/";

  /** A VM's name has 64 characters at most, and a scale set's VM some more. */
  private static final int LONGEST_NAME = 80;

  /** The platform's ids have 36. */
  private static final int LONGEST_ID = 256;

  private static final int LONGEST_DESCRIPTION = 256;
  private static final int LONGEST_RESOURCE_TYPE = 64;

  /** Whether this is an event whose peers are told (drain-scripts.md 2.4, row "peers"). */
  static boolean removes(ScheduledEvent event) {
    return switch (event.kind()) {
      case PREEMPT, TERMINATE -> event.id().length() <= LONGEST_ID;
      case FREEZE, REBOOT, REDEPLOY, SPOT_REBALANCE_RECOMMENDATION, UNKNOWN -> false;
    };
  }

  static PeerEvent firstSeen(ScheduledEvent event) {
    return new PeerEvent(
        bounded(event, event.status()), event.notBefore(), Optional.empty(), Optional.empty());
  }

  /** No event of the platform's: VMs that were seen to be new, or back. Due at once. */
  static PeerEvent added(List<GroupMember> members, Instant now) {
    GroupMember first = members.getFirst();
    String what = first.vmName() + "/" + first.id() + "/" + first.boot() + "/" + members.size();
    return new PeerEvent(
        bounded(
            new ScheduledEvent(
                Bounded.text(ADDED_ID + what, LONGEST_ID),
                false,
                ADDED,
                EventStatus.STARTED,
                EventSource.UNKNOWN,
                "VirtualMachine",
                members.stream().map(GroupMember::vmName).toList(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()),
            EventStatus.STARTED),
        Optional.empty(),
        Optional.empty(),
        Optional.of(now));
  }

  /** What is to run for it. */
  public Hook hook() {
    return event.type().equals(ADDED) && event.id().startsWith(ADDED_ID)
        ? Hook.PEER_ADDED
        : Hook.PEER_REMOVED;
  }

  PeerEvent seenAgain(ScheduledEvent newest) {
    EventStatus status = event.isStarted() ? EventStatus.STARTED : newest.status();
    return new PeerEvent(
        bounded(newest, status),
        newest.notBefore().or(() -> notBefore),
        Optional.empty(),
        Optional.empty());
  }

  PeerEvent missing(Instant now) {
    return new PeerEvent(event, notBefore, Optional.of(now), Optional.empty());
  }

  PeerEvent due(Instant now) {
    return new PeerEvent(event, notBefore, missingSince, Optional.of(now));
  }

  /**
   * Only the order of those whose turn comes. What was missing before or after its NotBefore was so
   * by the clock of then: a step afterwards must not make a removal of a cancellation.
   */
  PeerEvent shifted(Duration by) {
    return new PeerEvent(event, notBefore, missingSince, dueSince.map(at -> at.plus(by)));
  }

  /** The VMs that it removes. */
  public List<String> vms() {
    return event.resources();
  }

  public boolean hasId(String id) {
    return event.id().equalsIgnoreCase(id);
  }

  boolean isDue() {
    return dueSince.isPresent();
  }

  /**
   * Whether it ran before it went missing. What was neither Started nor at its NotBefore by then
   * was cancelled, however late that is known for sure.
   */
  boolean hasRun() {
    return event.isStarted()
        || missingSince.flatMap(since -> notBefore.map(at -> !since.isBefore(at))).orElse(false);
  }

  private static ScheduledEvent bounded(ScheduledEvent event, EventStatus status) {
    return new ScheduledEvent(
        event.id(),
        event.hasPlatformId(),
        event.type(),
        status,
        event.source(),
        Bounded.text(event.resourceType(), LONGEST_RESOURCE_TYPE),
        vms(event),
        event.notBefore(),
        event.duration(),
        Bounded.text(event.description(), LONGEST_DESCRIPTION),
        Optional.empty());
  }

  private static List<String> vms(ScheduledEvent event) {
    Set<String> names = new HashSet<>();
    return event.resources().stream()
        .filter(name -> !name.isBlank() && name.length() <= LONGEST_NAME)
        .filter(name -> names.add(name.toLowerCase(Locale.ROOT)))
        .limit(MOST_VMS)
        .toList();
  }
}
