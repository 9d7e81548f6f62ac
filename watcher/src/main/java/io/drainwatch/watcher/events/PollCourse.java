package io.drainwatch.watcher.events;

import io.drainwatch.watcher.events.Answer.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Where polling stands: version, pace and health after all answers so far, and what comes next.
 * Pure: the client hands the answers in and does as it is told.
 *
 * @param nextPollIn the wait before the next poll
 * @param next the same in words, for the message of a failure
 */
record PollCourse(
    PollPace pace,
    Negotiation negotiation,
    PollPace.Run run,
    ClientHealth health,
    Duration nextPollIn,
    String next) {

  static PollCourse begin(MetadataSettings settings) {
    return new PollCourse(
        new PollPace(settings.pollInterval()),
        Negotiation.begin(settings.versions()),
        PollPace.Run.none(),
        ClientHealth.unknown(),
        Duration.ZERO,
        "");
  }

  PollCourse afterDocument(Instant readAt) {
    return answered(health.afterDocument(readAt));
  }

  PollCourse afterEmptyBody() {
    return answered(health.afterEmptyBody());
  }

  PollCourse afterFailure(Failure failure) {
    if (failure.kind() == ErrorKind.CANCELLED) {
      return new PollCourse(
          pace, negotiation, run, health, pace.interval(), "nothing is asked any more");
    }
    Negotiation negotiated = negotiation.after(Negotiation.Reply.of(failure.kind()));
    boolean stepsDown =
        negotiated instanceof Negotiation.Trying
            && !negotiated.version().equals(negotiation.version());
    PollPace.Run grown = stepsDown ? PollPace.Run.none() : run.and(failure.kind());
    ClientHealth weaker = health.afterFailure();
    Duration delay = pace.delayAfter(grown, failure.retryAfter());
    return new PollCourse(
        pace, negotiated, grown, weaker, delay, words(negotiated, stepsDown, weaker, delay));
  }

  /** Until the service has answered once, it may still be switching itself on. */
  Duration limit(MetadataSettings settings) {
    return isSettled() ? settings.exchangeLimit() : settings.firstAnswerLimit();
  }

  MetadataStatus status() {
    return new MetadataStatus(
        health.state(),
        negotiation.version(),
        isSettled(),
        health.lastValidAt(),
        health.failuresInARow());
  }

  private PollCourse answered(ClientHealth better) {
    return new PollCourse(
        pace,
        negotiation.after(Negotiation.Reply.ANSWERED),
        PollPace.Run.none(),
        better,
        pace.interval(),
        "");
  }

  private boolean isSettled() {
    return negotiation instanceof Negotiation.Settled;
  }

  private static String words(
      Negotiation negotiation, boolean stepsDown, ClientHealth health, Duration delay) {
    String document =
        health
            .lastValidAt()
            .map(moment -> "the document of " + moment + " stands")
            .orElse("there is no document yet");
    String version =
        switch (negotiation) {
          case Negotiation.Settled settled -> "";
          case Negotiation.Trying trying ->
              stepsDown ? ", stepping down to api-version " + trying.version() : "";
          case Negotiation.NoneAnswers none ->
              ", none of the api-versions "
                  + String.join(", ", none.versions().newestFirst())
                  + " was answered, keeping to "
                  + none.version();
        };
    return document + version + ", asking again in " + seconds(delay);
  }

  private static String seconds(Duration delay) {
    return delay.toMillisPart() == 0
        ? delay.toSeconds() + " s"
        : String.format(Locale.ROOT, "%.1f s", delay.toMillis() / 1_000.0);
  }
}
