package io.drainwatch.drainer.maintenance;

import io.drainwatch.drainer.record.EpisodeJson;
import io.drainwatch.drainer.record.PeersJson;

/** What comes back from a disk: written as the journal writes it, and read. */
final class ThroughJson {
  private ThroughJson() {}

  static WatchRecord record(WatchRecord record) {
    Peers peers =
        switch (PeersJson.read(PeersJson.write(record.peers()))) {
          case PeersJson.Reading.Read(Peers read) -> read;
          case PeersJson.Reading.Unreadable(String why) -> throw new AssertionError(why);
        };
    return new WatchRecord(record.episode().map(ThroughJson::episode), peers);
  }

  static Episode episode(Episode episode) {
    return switch (EpisodeJson.read(EpisodeJson.write(episode))) {
      case EpisodeJson.Reading.Read(Episode read) -> read;
      case EpisodeJson.Reading.Unreadable(String why) -> throw new AssertionError(why);
    };
  }
}
