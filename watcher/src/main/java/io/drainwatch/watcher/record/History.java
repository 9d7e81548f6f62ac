package io.drainwatch.watcher.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.record.AppendResult.Appended;
import io.drainwatch.watcher.record.AppendResult.NotAppended;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Summaries of finished episodes, oldest first, one line each: {@code {"v":1,"id":...,"at":...,
 * "summary":{...},"crc":...}}. Every addition writes the whole file anew and renames it into place,
 * so there is never half of one; an episode ends a few times a month, and the file is small.
 *
 * <p>Bounded: the oldest go. A summary with the id of one that is there takes its place, because a
 * crash between history and journal lets an episode end twice, and the second time is the true one.
 * Calls from several threads take turns.
 */
public final class History {
  static final String FILE = "history.jsonl";

  /** Summaries kept. */
  public static final int DEFAULT_ENTRIES = 200;

  /** The file never has more bytes. */
  static final long DEFAULT_LIMIT = 1 << 20;

  private final Disk disk;
  private final Path directory;
  private final int entries;
  private final long limit;

  History(Disk disk, Path directory, int entries, long limit) {
    this.disk = disk;
    this.directory = directory;
    this.entries = entries;
    this.limit = limit;
  }

  public static History open(StateDirectory directory) {
    return open(directory, DEFAULT_ENTRIES);
  }

  /**
   * @param entries how many summaries are kept
   */
  public static History open(StateDirectory directory, int entries) {
    return new History(directory.disk(), directory.path(), entries, DEFAULT_LIMIT);
  }

  /**
   * Durable when {@link Appended}, with the number of summaries that there are then. A history that
   * cannot be read is kept aside and a new one begun.
   *
   * @param episodeId what makes two summaries the same
   */
  public synchronized AppendResult add(String episodeId, ObjectNode summary, Instant at) {
    try {
      byte[] line = line(episodeId, summary, at);
      if (line.length > limit) {
        return new NotAppended(
            "the summary of %s has %d bytes, and the history has at most %d"
                .formatted(episodeId, line.length, limit));
      }
      HistoryLines lines = current().without(episodeId).plus(line).within(entries, limit);
      disk.replace(directory, FILE, lines.bytes());
      return new Appended(lines.size());
    } catch (JsonProcessingException e) {
      return new NotAppended(
          "the summary of %s cannot be written as JSON: %s".formatted(episodeId, Reason.of(e)));
    } catch (IOException e) {
      return new NotAppended(
          "adding %s to %s: %s".formatted(episodeId, directory.resolve(FILE), Reason.of(e)));
    }
  }

  /**
   * The summaries, newest first; damaged lines are left out.
   *
   * @param limit at most so many
   * @throws IOException when there is a history and it cannot be read
   */
  public synchronized List<JsonNode> read(int limit) throws IOException {
    return read(disk, directory, limit);
  }

  static List<JsonNode> read(Disk disk, Path directory, int limit) throws IOException {
    List<JsonNode> summaries = new ArrayList<>();
    for (HistoryLines.Line line : lines(disk, directory).lines().reversed()) {
      if (summaries.size() < limit) {
        summaries.add(line.content().path("summary"));
      }
    }
    return List.copyOf(summaries);
  }

  private HistoryLines current() throws IOException {
    try {
      return lines(disk, directory);
    } catch (IOException e) {
      String stem = "history.unreadable";
      return switch (new KeptAside(disk, directory, stem, "").move(directory.resolve(FILE), stem)) {
        case KeepResult.Kept _ -> HistoryLines.of(new byte[0]);
        case KeepResult.NotKept not ->
            throw new IOException("cannot be read: " + Reason.of(e) + "; " + not.reason());
      };
    }
  }

  private static HistoryLines lines(Disk disk, Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    return HistoryLines.of(disk.exists(file) ? disk.read(file, Journal.MOST_READ) : new byte[0]);
  }

  private static byte[] line(String id, ObjectNode summary, Instant at)
      throws JsonProcessingException {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("v", 1).put("id", id).put("at", at.toString()).set("summary", summary);
    return SealedLine.seal(envelope);
  }
}
