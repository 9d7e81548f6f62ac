package io.drainwatch.drainer.context;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;

/**
 * The event exactly as received: order, doubled members and numbers as they were, only the white
 * space between them is gone. Text rules (H19) do not apply to it; a control character can only be
 * in it as an escape.
 *
 * @param json one JSON object, compact, ASCII
 */
public record RawEvent(String json) {
  private static final int MAXIMUM_DEPTH = 100;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAXIMUM_DEPTH).build())
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  public RawEvent {
    try {
      json = compact(json);
    } catch (IOException notJson) {
      throw new IllegalArgumentException("not one JSON object: " + notJson.getMessage(), notJson);
    }
  }

  /** Empty when the text is not one JSON object, or is nested absurdly deep. */
  public static Optional<RawEvent> of(String text) {
    try {
      return Optional.of(new RawEvent(text));
    } catch (IllegalArgumentException notJson) {
      return Optional.empty();
    }
  }

  private static String compact(String text) throws IOException {
    StringWriter compact = new StringWriter(text.length());
    try (JsonParser parser = JSON.createParser(text);
        JsonGenerator generator = JSON.createGenerator(compact)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it does not begin with {");
      }
      generator.copyCurrentStructureExact(parser);
      if (parser.nextToken() != null) {
        throw new IOException("something follows the object");
      }
    }
    return compact.toString();
  }
}
