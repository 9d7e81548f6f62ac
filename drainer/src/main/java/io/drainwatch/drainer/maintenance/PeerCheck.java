package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the hook peer-removed promises (drain-scripts.md 4, onvmremove): another machine's record
 * starts nothing (I4), an error is never news of an event (I10), and it runs for no event that
 * names this VM, was cancelled, or had its run before.
 */
record PeerCheck(Watch before, Observation observation, Transition step, NewsCheck news) {
  private static final String PEERS = "peers";

  void check(List<Invariants.Violation> broken) {
    Peers was = before.peers();
    Peers is = step.watch().peers();
    Optional<Machine> self = step.watch().machine();
    boolean foreign =
        is.machine().flatMap(seer -> self.map(machine -> !seer.isSameAs(machine))).orElse(false);
    if (foreign) {
      broken.add(new Invariants.Violation("I4", "goes on with another machine's peers"));
      return;
    }
    if (!isNews() && !(observation instanceof Observation.DaemonStarted)) {
      was.events().stream()
          .map(this::byTheClockOfNow)
          .filter(each -> !is.events().contains(each))
          .filter(each -> is.removal().filter(now -> now.of().equals(each)).isEmpty())
          .forEach(
              each ->
                  broken.add(
                      new Invariants.Violation(
                          "I10", "takes " + observation + " for news of " + each.event().id())));
    }
    is.removal()
        .filter(now -> was.removal().filter(then -> then.of().equals(now.of())).isEmpty())
        .ifPresent(now -> checkBegun(was, now.of(), self, broken));
  }

  private PeerEvent byTheClockOfNow(PeerEvent event) {
    return observation instanceof Observation.ClockStepped(Duration by) ? event.shifted(by) : event;
  }

  private void checkBegun(
      Peers was, PeerEvent event, Optional<Machine> self, List<Invariants.Violation> broken) {
    String id = event.event().id();
    if (was.isDone(event.event())) {
      broken.add(new Invariants.Violation(PEERS, "a second run for " + id));
    }
    if (self.isEmpty() || event.event().names(self.get().vmName())) {
      broken.add(new Invariants.Violation(PEERS, "a run for an event that names this VM: " + id));
    }
    boolean atNotBefore =
        event
            .notBefore()
            .flatMap(at -> event.missingSince().map(since -> !since.isBefore(at)))
            .orElse(false);
    if (!event.event().isStarted() && !atNotBefore) {
      broken.add(new Invariants.Violation(PEERS, "a run for what was cancelled: " + id));
    }
  }

  private boolean isNews() {
    return observation instanceof Observation.DocumentRead(Document document)
        ? step.watch().newest().equals(Optional.of(document))
        : observation instanceof Observation.EmptyAnswer && news.hasRunLongEnough();
  }
}
