package io.drainwatch.watcher.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.watcher.events.Reading.EmptyBody;
import io.drainwatch.watcher.events.Reading.NotADocument;
import io.drainwatch.watcher.events.Reading.ReadDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Turns the body of a 200 answer into a {@link Reading} (azure-scheduled-events.md, section 3).
 * Pure, and total: any bytes give a reading, none an exception.
 *
 * <p>Strict about the whole, lenient about the parts: a body that is not one JSON object with one
 * {@code Events} array is no document, but inside the array nothing that one entry does wrong harms
 * another. Entries are read one at a time, so that a long document never stands in memory as a
 * tree.
 */
public final class DocumentReader {
  private final EventReader eventReader = new EventReader();

  /**
   * @param readAt goes into the document as it is
   */
  public Reading read(byte[] body, Instant readAt) {
    if (body.length > PlatformJson.LONGEST_BODY) {
      return new NotADocument("it is longer than " + PlatformJson.LONGEST_BODY + " bytes");
    }
    String text = PlatformJson.decode(body);
    if (text.chars().allMatch(DocumentReader::isJsonWhiteSpace)) {
      return new EmptyBody();
    }
    try (JsonParser parser = PlatformJson.MAPPER.createParser(text)) {
      return new Parse(parser).whole(readAt);
    } catch (JsonProcessingException e) {
      return new NotADocument("it is not JSON: " + PlatformJson.complaint(e));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from a string cannot fail", e);
    }
  }

  private static boolean isJsonWhiteSpace(int character) {
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
  }

  /** One parse of one body. */
  private final class Parse {
    private final JsonParser parser;
    private final Map<Oddity, Integer> tally = new EnumMap<>(Oddity.class);
    private OptionalLong incarnation = OptionalLong.empty();
    private Optional<List<ScheduledEvent>> events = Optional.empty();
    private String error = "";

    Parse(JsonParser parser) {
      this.parser = parser;
    }

    Reading whole(Instant readAt) throws IOException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new NotADocument("it is JSON, but not an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken first = parser.nextToken();
        switch (name) {
          case "DocumentIncarnation" -> incarnation = PlatformJson.wholeNumber(node());
          case "Events" -> {
            if (first != JsonToken.START_ARRAY) {
              return new NotADocument("its Events are not an array");
            }
            if (events.isPresent()) {
              // which one counts would be a guess, and the wrong guess is "no events"
              return new NotADocument("it has Events twice");
            }
            events = Optional.of(entries());
          }
          case "error" -> error = ForeignText.clean(node().toString(), 200);
          default -> parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        return new NotADocument("something follows the JSON object");
      }
      return events
          .<Reading>map(list -> new ReadDocument(new Document(incarnation, list, readAt), tally))
          .orElseGet(
              () ->
                  new NotADocument(
                      "it has no Events" + (error.isEmpty() ? "" : ", but an error: " + error)));
    }

    private List<ScheduledEvent> entries() throws IOException {
      List<ScheduledEvent> found = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        eventReader.read(node(), tally).ifPresent(found::add);
      }
      return found;
    }

    private JsonNode node() throws IOException {
      return PlatformJson.MAPPER.readTree(parser);
    }
  }
}
