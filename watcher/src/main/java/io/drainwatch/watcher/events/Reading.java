package io.drainwatch.watcher.events;

import io.drainwatch.drainer.maintenance.Document;
import java.time.Instant;
import java.util.Map;

/** What the body of a 200 answer turned out to be (azure-scheduled-events.md, section 3). */
public sealed interface Reading {

  /**
   * A JSON object with an {@code Events} array.
   *
   * @param oddities how often each kind of oddity occurred in it
   */
  record ReadDocument(Document document, Map<Oddity, Integer> oddities) implements Reading {
    public ReadDocument {
      oddities = Map.copyOf(oddities);
    }

    ReadDocument readAgainAt(Instant moment) {
      return new ReadDocument(
          new Document(document.incarnation(), document.events(), moment), oddities);
    }
  }

  /** Nothing at all: no event is new, none is over. */
  record EmptyBody() implements Reading {}

  /**
   * Anything else: an error, and never "no events" (I10).
   *
   * @param reason for people: no control characters, bounded
   */
  record NotADocument(String reason) implements Reading {}
}
