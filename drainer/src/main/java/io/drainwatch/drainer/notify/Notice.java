package io.drainwatch.drainer.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that people are told.
 *
 * @param id the same whenever it is made of the same maintenance; 32 hexadecimal digits
 * @param at when it happened, or was noticed where the record does not tell
 * @param episode id of the maintenance
 * @param eventId as received
 * @param eventType as received
 * @param deadline of the drain
 * @param timeLeft to the deadline, at the moment {@code at}; empty: there is none, or none is left
 * @param cause one line; empty: there is nothing to add
 * @param next what comes next
 */
public record Notice(
    String id,
    NoticeKind kind,
    Instant at,
    Subject subject,
    String episode,
    String eventId,
    String eventType,
    Optional<Instant> notBefore,
    Optional<Instant> deadline,
    Optional<Duration> timeLeft,
    String cause,
    String next) {

  public Notice {
    if (!id.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("an id is 32 hexadecimal digits");
    }
    episode = OneLine.of(episode, 2 * OneLine.NAME);
    eventId = OneLine.of(eventId, OneLine.NAME);
    eventType = OneLine.of(eventType, OneLine.NAME);
    cause = OneLine.of(cause, OneLine.SENTENCE);
    next = OneLine.of(next, OneLine.SENTENCE);
  }

  /** {@code vm-1: the machine is drained (Reboot)}. */
  public String headline() {
    return (subject.dryRun() ? "Dry-run: " : "")
        + subject.name()
        + ": "
        + kind.text()
        + (eventType.isEmpty() ? "" : " (" + eventType + ")");
  }

  /** {@code 12 min 5 s}; empty where no time is left to tell of. */
  public Optional<String> timeLeftText() {
    return timeLeft.map(
        left -> {
          long seconds = left.toSeconds();
          if (seconds >= 3_600) {
            return seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
          }
          return seconds >= 60 ? seconds / 60 + " min " + seconds % 60 + " s" : seconds + " s";
        });
  }
}
