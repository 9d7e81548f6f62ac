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
 */
public record Peers(
    Optional<Machine> machine,
    List<PeerEvent> events,
    Optional<Removal> removal,
    List<String> done) {
  static final int MOST_EVENTS = 50;
  static final int MOST_VMS = 500;
  static final int MOST_DONE = 50;

  /** Nothing was seen. */
  public static final Peers NONE =
      new Peers(Optional.empty(), List.of(), Optional.empty(), List.of());

  public Peers {
    events = List.copyOf(events);
    done = List.copyOf(done);
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
    return with(Optional.of(known), events, removal, done);
  }

  Peers shifted(Duration by) {
    return with(
        machine,
        events.stream().map(each -> each.shifted(by)).toList(),
        removal.map(each -> each.shifted(by)),
        done);
  }

  Peers with(List<PeerEvent> changed) {
    return with(machine, changed, removal, done);
  }

  Peers with(Removal changed) {
    return with(machine, events, Optional.of(changed), done);
  }

  /** Its turn has come. */
  Peers begun(Removal next) {
    return with(
        machine,
        events.stream().filter(each -> !each.equals(next.of())).toList(),
        Optional.of(next),
        done);
  }

  /** The hook has run. */
  Peers finished(Removal over) {
    List<String> marks = Stream.concat(done.stream(), Stream.of(over.of().event().key())).toList();
    return with(
        machine,
        events,
        Optional.empty(),
        marks.subList(Math.max(0, marks.size() - MOST_DONE), marks.size()));
  }

  private static Peers with(
      Optional<Machine> machine,
      List<PeerEvent> events,
      Optional<Removal> removal,
      List<String> done) {
    return events.isEmpty() && removal.isEmpty() && done.isEmpty()
        ? NONE
        : new Peers(machine, events, removal, done);
  }
}
