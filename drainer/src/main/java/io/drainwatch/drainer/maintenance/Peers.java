package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this machine saw happen to other VMs, and what it still has to do about it. Part of the
 * record, beside the episode and independent of it.
 *
 * <p>It stays small whatever a document holds: {@value #MOST_EVENTS} events that name {@value
 * #MOST_VMS} VMs in all, the most urgent ones, and the marks of the last {@value #MOST_DONE} events
 * that are done.
 *
 * @param machine that saw it: another machine's is not acted on (I4); empty where there is nothing
 * @param events that stand, or are missing, or wait for their turn
 * @param removal the one whose hook runs; one at a time
 * @param done keys of events whose hook has run, the oldest first: they never count again
 * @param group who else is in this machine's group; empty: nobody has told
 */
public record Peers(
    Optional<Machine> machine,
    List<PeerEvent> events,
    Optional<Removal> removal,
    List<String> done,
    Optional<Group> group) {
  static final int MOST_EVENTS = 50;
  static final int MOST_VMS = 500;
  static final int MOST_DONE = 50;

  /** Nothing was seen. */
  public static final Peers NONE =
      new Peers(Optional.empty(), List.of(), Optional.empty(), List.of(), Optional.empty());

  public Peers {
    events = List.copyOf(events);
    done = List.copyOf(done);
  }

  /** Where nobody has told of a group. */
  public Peers(
      Optional<Machine> machine,
      List<PeerEvent> events,
      Optional<Removal> removal,
      List<String> done) {
    this(machine, events, removal, done, Optional.empty());
  }

  /** Nothing runs and nothing waits for its turn. */
  public boolean isIdle() {
    return removal.isEmpty() && events.stream().noneMatch(PeerEvent::isDue);
  }

  boolean isDone(ScheduledEvent event) {
    return done.contains(event.key())
        || removal.filter(each -> each.of().hasId(event.id())).isPresent();
  }

  Peers seenBy(Machine known) {
    return with(Optional.of(known), events, removal, done, group);
  }

  Peers shifted(Duration by) {
    return with(
        machine,
        events.stream().map(each -> each.shifted(by)).toList(),
        removal.map(each -> each.shifted(by)),
        done,
        group);
  }

  Peers with(List<PeerEvent> changed) {
    return with(machine, changed, removal, done, group);
  }

  Peers with(Removal changed) {
    return with(machine, events, Optional.of(changed), done, group);
  }

  Peers with(Group changed) {
    return with(machine, events, removal, done, Optional.of(changed));
  }

  Peers withoutGroup() {
    return with(machine, events, removal, done, Optional.empty());
  }

  /** VMs that are gone by an event: once they are there again they are back. */
  Peers removed(List<String> vms) {
    return with(machine, events, removal, done, group.map(each -> each.removed(vms)));
  }

  /** Its turn has come. */
  Peers begun(Removal next) {
    return with(
        machine,
        events.stream().filter(each -> !each.equals(next.of())).toList(),
        Optional.of(next),
        done,
        group);
  }

  /** The hook has run. */
  Peers finished(Removal over) {
    boolean mayComeAgain = over.of().hook() == Hook.PEER_REMOVED; // who was added is known now
    List<String> marks =
        mayComeAgain
            ? Stream.concat(done.stream(), Stream.of(over.of().event().key())).toList()
            : done;
    return with(
        machine,
        events,
        Optional.empty(),
        marks.subList(Math.max(0, marks.size() - MOST_DONE), marks.size()),
        group);
  }

  private static Peers with(
      Optional<Machine> machine,
      List<PeerEvent> events,
      Optional<Removal> removal,
      List<String> done,
      Optional<Group> group) {
    return events.isEmpty() && removal.isEmpty() && done.isEmpty() && group.isEmpty()
        ? NONE
        : new Peers(machine, events, removal, done, group);
  }
}
