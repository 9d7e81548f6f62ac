package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.cleaning.CleaningListener;
import io.drainwatch.drainer.scaledown.Notice;
import io.drainwatch.drainer.scaledown.SetId;
import io.drainwatch.drainer.scaledown.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Clean-ups as their metrics see them. */
final class CleaningStory {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final SetId DB = new SetId("shop", "db", "uid-of-db");

  private CleaningStory() {}

  static Standing standing(Standing.Ordinal... ordinals) {
    return new Standing(true, Optional.empty(), List.of(ordinals));
  }

  static Standing.Ordinal ordinal(int ordinal, Standing.Stage stage) {
    return new Standing.Ordinal(ordinal, stage, 1, 0, "exit code 3");
  }

  static Standing refused(Notice notice) {
    return new Standing(true, Optional.of(new Standing.Refusal(notice, "")), List.of());
  }

  /** One of everything. */
  static void whole(CleaningListener listener) {
    listener.leads(true);
    listener.stands(DB, standing(ordinal(2, Standing.Stage.FAILED)), NOON);
    listener.ended(DB, true, Duration.ofSeconds(7));
    listener.retried(DB);
    listener.claimDeleted(DB);
    listener.failed(DB);
  }
}
