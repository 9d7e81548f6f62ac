package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The events of one open watch, in their order. */
final class WatchStream implements AutoCloseable {
  private final Wire.Opened opened;
  private final Set<String> dropped;
  private @Nullable JsonParser parser;

  private WatchStream(Wire.Opened opened, Set<String> dropped) {
    this.opened = opened;
    this.dropped = dropped;
  }

  /** One line of a watch. */
  record Event(String type, JsonNode object) {
    String version() {
      return object.path("metadata").path("resourceVersion").asText("");
    }
  }

  /** The server would not watch, or not from that version. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String why) {
      super(why);
    }
  }

  /**
   * @param selector a field selector; empty: all
   * @param server how long the server is to keep it open
   */
  static WatchStream open(Wire wire, String path, String selector, String version, Duration server)
      throws RefusedException, Wire.NoAnswerException, IOException {
    return open(wire, path, selector, version, server, ApiJson.DROPPED);
  }

  /**
   * @param dropped names of lists in an object that nobody needs
   */
  static WatchStream open(
      Wire wire, String path, String selector, String version, Duration server, Set<String> dropped)
      throws RefusedException, Wire.NoAnswerException, IOException {
    String query =
        "?watch=true&allowWatchBookmarks=true&resourceVersion="
            + Asked.encoded(version)
            + "&timeoutSeconds="
            + Math.max(1, server.toSeconds());
    if (!selector.isEmpty()) {
      query += "&fieldSelector=" + Asked.encoded(selector);
    }
    Wire.Opened opened = wire.open(Asked.watch(path + query), server.plus(wire.limit()));
    if (opened.head().status() == 200) {
      return new WatchStream(opened, dropped);
    }
    try (opened) {
      throw new RefusedException(wire.rest(opened).told());
    }
  }

  /** Blocks. Empty: the server has closed it. */
  Optional<Event> next() throws IOException {
    JsonParser from = parser;
    if (from == null) {
      from = ApiJson.MAPPER.createParser(opened.body()); // which waits for the first bytes
      parser = from;
    }
    JsonToken token = from.nextToken();
    if (token == null) {
      return Optional.empty();
    }
    if (token != JsonToken.START_OBJECT) {
      throw new IOException("no watch event but " + token);
    }
    JsonNode event = ApiJson.read(from, dropped);
    return Optional.of(new Event(event.path("type").asText(""), event.path("object")));
  }

  /** From any thread; ends {@link #next}. */
  @Override
  public void close() {
    try {
      opened.close();
    } catch (IOException e) {
      // there is nothing left that could be lost
    }
  }
}
