package io.drainwatch.watcher.events;

import io.drainwatch.watcher.events.Reading.EmptyBody;
import io.drainwatch.watcher.events.Reading.NotADocument;
import io.drainwatch.watcher.events.Reading.ReadDocument;
import java.time.Instant;
import java.util.Arrays;

/**
 * A reader that remembers the last body: most polls bring the very bytes of the one before, and
 * those cost no parsing. It compares bytes, never the incarnation, which starts over when it likes.
 * For one thread at a time.
 */
final class LastReading {
  private final DocumentReader reader = new DocumentReader();
  private byte[] bytes = {};
  private Reading reading = new EmptyBody();

  record Read(Reading reading, boolean parsed) {}

  Read read(byte[] body, Instant readAt) {
    if (!Arrays.equals(body, bytes)) {
      reading = reader.read(body, readAt);
      bytes = body;
      return new Read(reading, true);
    }
    return switch (reading) {
      case ReadDocument same -> new Read(same.readAgainAt(readAt), false);
      case EmptyBody same -> new Read(same, false);
      case NotADocument same -> new Read(same, false);
    };
  }
}
