package io.drainwatch.watcher.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.record.EpisodeJson;
import io.drainwatch.watcher.record.JournalEntry;
import io.drainwatch.watcher.record.StateView;
import io.drainwatch.watcher.report.MaintenanceStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What the daemon's record says, for when the daemon does not. Takes no lock, changes nothing. */
public final class DaemonRecord {
  /** As the daemon's journal names it. */
  private static final String EPISODE = "episode";

  private DaemonRecord() {}

  /**
   * The maintenance under way, by the last line of the journal.
   *
   * @throws IOException when there is no state directory, or what is in it cannot be read
   */
  public static Optional<Episode> episode(Path stateDirectory) throws IOException {
    JsonNode node =
        StateView.of(stateDirectory)
            .lastEntry()
            .map(JournalEntry::record)
            .<JsonNode>map(record -> record.path(EPISODE))
            .filter(each -> !each.isMissingNode() && !each.isNull())
            .orElse(null);
    if (node == null) {
      return Optional.empty();
    }
    return switch (EpisodeJson.read(node)) {
      case EpisodeJson.Reading.Read(Episode episode) -> Optional.of(episode);
      case EpisodeJson.Reading.Unreadable(String why) ->
          throw new IOException("the record in " + stateDirectory + " is not understood: " + why);
    };
  }

  /**
   * The same as the daemon's status, as far as the record goes: the metadata service is not asked.
   *
   * @throws IOException as {@link #episode}
   */
  public static MaintenanceStatus status(Path stateDirectory, String version, Instant now)
      throws IOException {
    return MaintenanceStatus.of(
        version,
        Watch.resumedFrom(episode(stateDirectory)),
        (episode, tracked) -> Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        now);
  }
}
