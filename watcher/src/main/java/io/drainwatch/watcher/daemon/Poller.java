package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.watcher.events.MetadataClient;
import io.drainwatch.watcher.events.Poll;
import io.drainwatch.watcher.events.PollResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One poll after another, and before it, where that is not known, who we are. Turns what the
 * metadata service says into observations; an error is reported as an error and nothing else (I10).
 *
 * <p>Events are asked for even while it is not known whose they are: the first request switches the
 * service on, which takes its time, and the record may have told.
 */
final class Poller {
  private final MetadataClient client;
  private final OwnIdentity identity;
  private final Consumer<Observation> report;
  private final List<Witness> witnesses;

  Poller(
      MetadataClient client,
      OwnIdentity identity,
      Consumer<Observation> report,
      List<Witness> witnesses) {
    this.client = client;
    this.identity = identity;
    this.report = report;
    this.witnesses = List.copyOf(witnesses);
  }

  /**
   * The document once more, right before a POST.
   *
   * @param stands the event is in it, and Scheduled
   */
  record Confirmation(boolean stands, Duration nextPollIn) {}

  /** Polls once; returns how long to wait until the next time. */
  synchronized Duration poll() {
    identity.askIfDue();
    Poll poll = client.poll();
    witnesses.forEach(witness -> witness.polled(poll));
    report.accept(observed(poll.result()));
    return poll.nextPollIn();
  }

  /**
   * Looks whether an event still stands and is about the same VMs, which the core took for granted
   * by the document before (kubernetes-drain.md 13). If not, the core is told that nothing left
   * before it is told why, so that what follows is a cancellation and not a maintenance that ran
   * unseen.
   */
  synchronized Confirmation confirm(String eventId, Optional<ScheduledEvent> ordered) {
    Poll poll = client.poll();
    boolean stands =
        poll.result() instanceof PollResult.Valid valid
            && valid.document().events().stream()
                .anyMatch(
                    event ->
                        event.id().equalsIgnoreCase(eventId)
                            && event.status() == EventStatus.SCHEDULED
                            && ordered.filter(event::namesTheSameAs).isPresent());
    if (!stands) {
      report.accept(new Observation.AcknowledgeUnconfirmed(eventId));
    }
    witnesses.forEach(witness -> witness.polled(poll));
    report.accept(observed(poll.result()));
    return new Confirmation(stands, poll.nextPollIn());
  }

  private static Observation observed(PollResult result) {
    return switch (result) {
      case PollResult.Valid valid -> new Observation.DocumentRead(valid.document());
      case PollResult.Empty() -> new Observation.EmptyAnswer();
      case PollResult.Failed ignored -> new Observation.ReadFailed();
    };
  }

  static VmFacts nothingButTheName(String name) {
    return nothingBut(name, true);
  }

  /**
   * @param deletedWhenEvicted as the record has it
   */
  static VmFacts nothingBut(String name, boolean deletedWhenEvicted) {
    return new VmFacts(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        deletedWhenEvicted ? Optional.empty() : Optional.of("Deallocate"),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
