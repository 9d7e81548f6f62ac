package io.drainwatch.drainer.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the watcher writes its observation: when its content changes, and while an episode is open
 * as a sign of life.
 *
 * @param last written and accepted; empty after a start, so that the first is written at once
 */
public record ObservationWriting(Optional<Written> last) {
  /** A sign of life, while an episode is open. */
  public static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);

  public static final ObservationWriting NOTHING_YET = new ObservationWriting(Optional.empty());

  /** What was written, and when. */
  public record Written(ObservationNote note, Instant at) {}

  public boolean isDue(ObservationNote note, boolean episodeIsOpen, Instant now) {
    return last.map(
            written ->
                !note.saysTheSameAs(written.note())
                    || (episodeIsOpen && !now.isBefore(written.at().plus(SIGN_OF_LIFE)))
                    || now.isBefore(written.at()))
        .orElse(true);
  }

  public ObservationWriting wrote(ObservationNote note, Instant at) {
    return new ObservationWriting(Optional.of(new Written(note, at)));
  }
}
