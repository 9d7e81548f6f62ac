package io.drainwatch.watcher.record;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.record.AppendResult.Appended;
import java.time.Instant;

/** Small records to write, told apart by a number. */
final class Records {
  static final Instant AT = Instant.parse("2026-11-21T05:41:00Z");

  private Records() {}

  static ObjectNode record(int n) {
    return JsonNodeFactory.instance.objectNode().put("n", n).put("state", "Draining");
  }

  static ObjectNode recordOf(int n, int characters) {
    return record(n).put("filler", "x".repeat(characters));
  }

  static int number(JournalEntry entry) {
    return entry.record().path("n").asInt();
  }

  static byte[] line(int n) {
    try {
      return new JournalEntry(n, AT, record(n)).line();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  static Appended appended(AppendResult result) {
    if (result instanceof Appended appended) {
      return appended;
    }
    throw new AssertionError("not appended: " + result);
  }
}
