package io.drainwatch.watcher.operator;

import io.drainwatch.watcher.report.MaintenanceStatus;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a daemon that is asked again and again; it may be started anew meanwhile. Pure.
 *
 * @param address where it answered last
 * @param status the newest; empty: nobody could tell yet
 * @param silence empty: it answered just now
 */
public record Watched(
    Optional<URI> address, Optional<MaintenanceStatus> status, Optional<Silence> silence) {

  /** Nobody was asked yet. */
  public static final Watched NOTHING =
      new Watched(Optional.empty(), Optional.empty(), Optional.empty());

  /** Whose word there is while the daemon is silent. */
  public enum Source {
    /** Its record on disk. */
    RECORD,
    /** What it said last: its record is not to be read. */
    LAST_ANSWER,
    NONE
  }

  /**
   * The daemon does not answer.
   *
   * @param since the first question that was not answered
   * @param why a few words
   */
  public record Silence(Instant since, String why, Source source) {}

  public Watched then(StatusReading reading, Instant now) {
    return switch (reading) {
      case StatusReading.FromDaemon(URI answering, MaintenanceStatus told, var json) ->
          new Watched(Optional.of(answering), Optional.of(told), Optional.empty());
      case StatusReading.FromRecord(String why, MaintenanceStatus told) ->
          new Watched(address, Optional.of(told), silent(now, why, Source.RECORD));
      case StatusReading.Nothing(String why, String recordWhy) ->
          new Watched(
              address,
              status,
              silent(now, why, status.isPresent() ? Source.LAST_ANSWER : Source.NONE));
    };
  }

  private Optional<Silence> silent(Instant now, String why, Source source) {
    return Optional.of(new Silence(silence.map(Silence::since).orElse(now), why, source));
  }

  /** The same without what changes all the time: two that are equal tell people the same. */
  public Watched atRest() {
    return new Watched(
        Optional.empty(),
        status.map(MaintenanceStatus::atRest),
        silence.map(each -> new Silence(Instant.EPOCH, "", each.source())));
  }
}
