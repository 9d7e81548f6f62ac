package io.drainwatch.drainer.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes documents in as {@link EventBook} does, for the events that name other VMs alone: which are
 * about to remove them, which have, which were cancelled.
 *
 * <p>An event that was Started, or past its last known NotBefore when it went missing, and is gone
 * from two valid documents has removed its VMs. One that goes before either was cancelled and is
 * forgotten. One that names this VM, in whatever document, is the episode's and none of ours.
 */
final class PeerBook {
  /** Which of too many are kept: what waits for its turn, what runs, what comes next. */
  private static final Comparator<PeerEvent> BY_URGENCY =
      Comparator.comparing((PeerEvent each) -> !each.isDue())
          .thenComparing(each -> !each.event().isStarted())
          .thenComparing(each -> each.notBefore().orElse(Instant.MAX))
          .thenComparing(each -> each.event().key());

  private PeerBook() {}

  /**
   * A valid document.
   *
   * @param isNews its events are others than those of the document before
   */
  static void read(Fold fold, Machine machine, Document document, boolean isNews) {
    Peers before = fold.peers();
    Map<String, PeerEvent> standing = standing(document, machine);
    if (standing.isEmpty() && before.events().isEmpty()) {
      return;
    }
    List<PeerEvent> events = new ArrayList<>();
    Set<String> known = new HashSet<>(before.done());
    before.removal().ifPresent(each -> known.add(each.of().event().key()));
    for (PeerEvent each : before.events()) {
      known.add(each.event().key());
      after(each, standing, document, fold).ifPresent(events::add);
    }
    standing.forEach(
        (key, each) -> {
          if (!known.contains(key)) {
            events.add(each);
          }
        });
    List<PeerEvent> kept = mostUrgent(events);
    if (isNews && kept.size() < events.size()) {
      fold.say(
          Reason.TOO_MANY_PEERS, kept.size() + " of " + events.size() + " events are kept in mind");
    }
    // a known identity is kept: what is told this time may be less
    List<String> gone =
        kept.stream()
            .filter(each -> each.isDue() && !before.events().contains(each))
            .flatMap(each -> each.vms().stream())
            .toList();
    Peers after = before.with(kept).removed(gone);
    fold.peers(after.machine().isEmpty() && !kept.isEmpty() ? after.seenBy(machine) : after);
  }

  private static Map<String, PeerEvent> standing(Document document, Machine machine) {
    Set<String> ours =
        EventBook.ours(Optional.of(document), machine).stream()
            .map(ScheduledEvent::key)
            .collect(Collectors.toSet());
    Map<String, PeerEvent> standing = new LinkedHashMap<>();
    for (ScheduledEvent event : document.events()) {
      if (PeerEvent.removes(event) && !ours.contains(event.key())) {
        PeerEvent seen = PeerEvent.firstSeen(event);
        if (!seen.vms().isEmpty()) {
          standing.putIfAbsent(event.key(), seen);
        }
      }
    }
    return standing;
  }

  private static Optional<PeerEvent> after(
      PeerEvent known, Map<String, PeerEvent> standing, Document document, Fold fold) {
    if (known.isDue()) {
      return Optional.of(known); // gone is for good
    }
    PeerEvent seen = standing.get(known.event().key());
    if (seen != null) {
      return Optional.of(known.seenAgain(seen.event()));
    }
    if (document.events().stream().anyMatch(event -> known.hasId(event.id()))) {
      return Optional.empty(); // it names this VM now, or is of another type
    }
    if (known.missingSince().isEmpty()) {
      return Optional.of(known.missing(fold.now));
    }
    return known.hasRun() ? Optional.of(known.due(fold.now)) : Optional.empty();
  }

  private static List<PeerEvent> mostUrgent(List<PeerEvent> events) {
    if (events.size() <= Peers.MOST_EVENTS && vms(events) <= Peers.MOST_VMS) {
      return events;
    }
    Set<String> kept = new HashSet<>();
    int vms = 0;
    for (PeerEvent each : events.stream().sorted(BY_URGENCY).toList()) {
      vms += each.vms().size();
      if (kept.size() == Peers.MOST_EVENTS || vms > Peers.MOST_VMS) {
        break;
      }
      kept.add(each.event().key());
    }
    return events.stream().filter(each -> kept.contains(each.event().key())).toList();
  }

  private static int vms(List<PeerEvent> events) {
    return events.stream().mapToInt(each -> each.vms().size()).sum();
  }
}
