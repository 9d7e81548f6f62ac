package io.drainwatch.watcher.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.watcher.events.ClientState;
import io.drainwatch.watcher.events.MetadataStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether Drainwatch does its work, and why not.
 *
 * @param status UP or DOWN
 * @param reasons why it is down; empty when it is up
 */
public record Health(String status, List<Reason> reasons) {

  /** The folding thread beats at least each 2 s; this long without one and it hangs. */
  public static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  /** Documents come each second; this long without news and we do not know what is coming. */
  public static final Duration LEAST_FRESHNESS = Duration.ofSeconds(60);

  /**
   * @param reason a word for machines
   * @param detail for people
   */
  public record Reason(String reason, String detail) {}

  public Health {
    reasons = List.copyOf(reasons);
  }

  @JsonIgnore
  public boolean isUp() {
    return reasons.isEmpty();
  }

  /** The loop ticks. Nothing remote is in it, or an outage would restart every watcher. */
  public static Health liveness(Duration sinceLastBeat) {
    return sinceLastBeat.compareTo(LONGEST_SILENCE) <= 0
        ? of(List.of())
        : of(
            List.of(
                new Reason(
                    "hanging",
                    "no observation is folded since " + sinceLastBeat.toSeconds() + " s")));
  }

  /**
   * News arrives, and what follows from it can be recorded. News is a valid document, or an empty
   * answer once the core took a run of them for a document: some clusters never answer otherwise.
   *
   * @param unidentified why it is not known which VM this is: no event is ours until it is
   * @param freshness how old the last news may be
   */
  public static Health readiness(
      MetadataStatus metadata,
      Watch watch,
      Optional<String> unidentified,
      Optional<String> recordFault,
      Instant now,
      Duration freshness) {
    List<Reason> reasons = new ArrayList<>();
    Optional<Instant> news = lastNews(metadata, watch);
    if (metadata.state() == ClientState.DEGRADED) {
      reasons.add(
          new Reason(
              "degraded",
              metadata.failuresInARow() + " calls of the metadata service failed in a row"));
    }
    if (news.isEmpty()) {
      if (reasons.isEmpty()) {
        reasons.add(
            new Reason("warming", "no valid document yet; the first answer may take 2 minutes"));
      }
    } else if (Duration.between(news.get(), now).compareTo(freshness) > 0) {
      reasons.add(
          new Reason(
              "stale", "the last answer is of " + news.get() + ", over " + freshness + " ago"));
    }
    unidentified.ifPresent(
        why ->
            reasons.add(
                new Reason(
                    "identity",
                    "it is not known which VM this is, so no event is acted on: " + why)));
    recordFault.ifPresent(
        fault -> reasons.add(new Reason("record", "the record cannot be written: " + fault)));
    return of(reasons);
  }

  /**
   * Of a drainer: as {@link #readiness(Optional)}, and all of its work can be done.
   *
   * @param objection why a part of its work cannot be done all the same
   */
  public static Health readiness(Optional<Duration> sinceLastAnswer, Optional<String> objection) {
    Health served = readiness(sinceLastAnswer);
    return served.isUp() && objection.isPresent()
        ? of(List.of(new Reason("rights", objection.get())))
        : served;
  }

  /**
   * Of a drainer: the API server serves us. Whether it leads does not matter, one that stands by is
   * ready too.
   *
   * @param sinceLastAnswer of the API server; empty: not yet
   */
  public static Health readiness(Optional<Duration> sinceLastAnswer) {
    if (sinceLastAnswer.isEmpty()) {
      return of(List.of(new Reason("warming", "the API server has not answered yet")));
    }
    return sinceLastAnswer.get().compareTo(LEAST_FRESHNESS) <= 0
        ? of(List.of())
        : of(
            List.of(
                new Reason(
                    "stale",
                    "the API server has not served us since "
                        + sinceLastAnswer.get().toSeconds()
                        + " s")));
  }

  private static Optional<Instant> lastNews(MetadataStatus metadata, Watch watch) {
    Optional<Instant> taken = watch.newest().map(Document::readAt);
    Optional<Instant> document = later(taken, metadata.lastValidAt());
    Optional<Instant> empty = watch.empties().map(Watch.EmptyRun::last);
    return document.isEmpty() ? Optional.empty() : later(document, empty);
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    if (one.isPresent() && other.isPresent()) {
      return one.get().isBefore(other.get()) ? other : one;
    }
    return one.or(() -> other);
  }

  private static Health of(List<Reason> reasons) {
    return new Health(reasons.isEmpty() ? "UP" : "DOWN", reasons);
  }
}
