package io.drainwatch.watcher.daemon;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Peers;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.WatchRecord;
import io.drainwatch.drainer.record.EpisodeJson;
import io.drainwatch.drainer.record.PeersJson;
import io.drainwatch.drainer.record.VmFactsJson;
import io.drainwatch.watcher.record.AppendResult;
import io.drainwatch.watcher.record.History;
import io.drainwatch.watcher.record.Journal;
import io.drainwatch.watcher.record.KeepResult;
import io.drainwatch.watcher.record.StateDirectory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** The record of a plain VM: journal and history in the state directory. */
final class JournalKeeper implements RecordKeeper {
  static final String EPISODE = "episode";

  /** Left out while nothing is known of other VMs. */
  static final String PEERS = "peers";

  /** What was known of the VM at the time; nothing is decided by it, scripts are told it. */
  static final String VM = "vm";

  private final StateDirectory directory;
  private final Supplier<Optional<VmFacts>> facts;
  private final Journal journal;
  private final History history;

  JournalKeeper(
      StateDirectory directory,
      Supplier<Optional<VmFacts>> facts,
      Journal journal,
      History history) {
    this.directory = directory;
    this.facts = facts;
    this.journal = journal;
    this.history = history;
  }

  @Override
  public Optional<String> keep(WatchRecord record, Instant at) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    record.episode().map(EpisodeJson::write).ifPresent(node -> json.set(EPISODE, node));
    if (!record.peers().equals(Peers.NONE)) {
      json.set(PEERS, PeersJson.write(record.peers()));
    }
    if (!json.isEmpty()) {
      facts.get().map(VmFactsJson::write).ifPresent(node -> json.set(VM, node));
    }
    return whyNot(journal.append(json, at));
  }

  @Override
  public Optional<String> addToHistory(Summary summary, Instant at) {
    return whyNot(history.add(summary.episode(), EpisodeJson.write(summary), at));
  }

  @Override
  public Optional<String> setAside(Episode foreign) {
    byte[] record = EpisodeJson.write(foreign).toString().getBytes(StandardCharsets.UTF_8);
    String vmId = foreign.machine().vmId().orElse("unknown");
    return switch (directory.setAside(vmId, record)) {
      case KeepResult.Kept ignored -> Optional.empty();
      case KeepResult.NotKept(String reason) -> Optional.of(reason);
    };
  }

  private static Optional<String> whyNot(AppendResult result) {
    return switch (result) {
      case AppendResult.Appended ignored -> Optional.empty();
      case AppendResult.NotAppended(String reason) -> Optional.of(reason);
    };
  }
}
