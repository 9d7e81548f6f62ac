package io.drainwatch.watcher.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Peers;
import io.drainwatch.drainer.maintenance.WatchRecord;
import io.drainwatch.drainer.record.EpisodeJson;
import io.drainwatch.drainer.record.PeersJson;
import io.drainwatch.watcher.record.JournalEntry;
import io.drainwatch.watcher.record.StateDirectory;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what {@link JournalKeeper} wrote. What cannot be read of the one part does not cost the
 * other: it is kept aside.
 */
final class RecordReading {
  private static final Logger LOG = LoggerFactory.getLogger(RecordReading.class);

  private final StateDirectory directory;

  RecordReading(StateDirectory directory) {
    this.directory = directory;
  }

  WatchRecord of(JournalEntry entry) {
    return new WatchRecord(
        episode(entry.record().path(JournalKeeper.EPISODE)),
        peers(entry.record().path(JournalKeeper.PEERS)));
  }

  private Optional<Episode> episode(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    return switch (EpisodeJson.read(node)) {
      case EpisodeJson.Reading.Read(Episode episode) -> Optional.of(episode);
      case EpisodeJson.Reading.Unreadable(String why) -> {
        setAside(node, "the record", why);
        yield Optional.empty();
      }
    };
  }

  private Peers peers(JsonNode node) {
    return switch (PeersJson.read(node)) {
      case PeersJson.Reading.Read(Peers peers) -> peers;
      case PeersJson.Reading.Unreadable(String why) -> {
        setAside(node, "what the record says of other VMs", why);
        yield Peers.NONE;
      }
    };
  }

  private void setAside(JsonNode unreadable, String what, String why) {
    LOG.error(
        "{} in {} cannot be read, it is kept aside and nothing of it is acted on: {}",
        what,
        directory.path(),
        why);
    directory.setAside("unreadable", unreadable.toString().getBytes(StandardCharsets.UTF_8));
  }
}
