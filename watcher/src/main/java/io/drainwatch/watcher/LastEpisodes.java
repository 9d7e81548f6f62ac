package io.drainwatch.watcher;

import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.record.EpisodeJson;
import io.drainwatch.watcher.record.StateView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What ended right before the process did, and so may not have been told to anybody. */
final class LastEpisodes {
  private static final Logger LOG = LoggerFactory.getLogger(LastEpisodes.class);

  /** One episode ends right before a process dies; two more in case of a storm. */
  private static final int MOST = 3;

  private LastEpisodes() {}

  /** Newest first. */
  static List<Summary> in(Path stateDirectory) {
    try {
      return StateView.of(stateDirectory).history(MOST).stream()
          .flatMap(json -> EpisodeJson.readSummary(json).stream())
          .toList();
    } catch (IOException e) {
      LOG.debug("the history tells nothing of what ended last: {}", e.getMessage());
      return List.of();
    }
  }
}
