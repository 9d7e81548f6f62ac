package io.drainwatch.watcher.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the journal: a whole record, so that the last line alone tells where to go on.
 *
 * @param seq from 1; grows by one with every attempt to append, so a failed one leaves a gap
 * @param at when it was written
 * @param record as the core gave it; this package does not look inside
 */
public record JournalEntry(long seq, Instant at, ObjectNode record) {
  static final int VERSION = 1;

  public JournalEntry {
    if (seq < 1) {
      throw new IllegalArgumentException("a journal counts from 1, not " + seq);
    }
  }

  byte[] line() throws JsonProcessingException {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("v", VERSION).put("seq", seq).put("at", at.toString()).set("record", record);
    return SealedLine.seal(envelope);
  }

  /** Empty when it is not what {@link #line} writes, whoever wrote it. */
  static Optional<JournalEntry> of(ObjectNode envelope) {
    if (envelope.path("v").asInt(0) == VERSION
        && envelope.path("seq").asLong(0) >= 1
        && envelope.path("record") instanceof ObjectNode record) {
      try {
        Instant at = Instant.parse(envelope.path("at").asText());
        return Optional.of(new JournalEntry(envelope.path("seq").asLong(), at, record));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
