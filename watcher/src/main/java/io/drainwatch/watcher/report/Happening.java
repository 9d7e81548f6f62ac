package io.drainwatch.watcher.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One thing that happened, as a server-sent event tells it. The record's members are the event's
 * data; {@link #name} is the event's name.
 */
public sealed interface Happening {

  /** A state was entered. */
  record Transition(Instant at, String episode, String state) implements Happening {}

  /**
   * Something an operator should know.
   *
   * @param reason the label of the metric
   * @param text the same for people
   * @param warning whether an operator should look
   */
  record Notice(
      Instant at, String episode, String reason, String text, String detail, boolean warning)
      implements Happening {}

  record ScriptStarted(Instant at, String episode, String hook, String script, int attempt)
      implements Happening {}

  /**
   * One call of a script is over.
   *
   * @param result ok, failed, recalled, not_started or ended, as in the metrics
   * @param exitCode when it ended by itself
   * @param reason why it did not start
   */
  record ScriptEnded(
      Instant at,
      String episode,
      String hook,
      String script,
      int attempt,
      String result,
      OptionalInt exitCode,
      Optional<String> reason,
      double seconds)
      implements Happening {}

  /**
   * What the platform said to an acknowledgement.
   *
   * @param result accepted, refused or unclear
   */
  record Acknowledgement(
      Instant at, String eventId, int attempt, String result, Optional<String> message)
      implements Happening {}

  /** The maintenance is over; the summary is that of the history. */
  record Ended(Instant at, JsonNode summary) implements Happening {}

  default String name() {
    return switch (this) {
      case Transition ignored -> "transition";
      case Notice ignored -> "notice";
      case ScriptStarted ignored -> "script-started";
      case ScriptEnded ignored -> "script-ended";
      case Acknowledgement ignored -> "acknowledgement";
      case Ended ignored -> "ended";
    };
  }
}
