package io.drainwatch.watcher.simulator.scenario;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** YAML or JSON as a tree that knows its lines. Scalars keep their text; readers say what it is. */
sealed interface Located {

  int line();

  record Mapping(int line, List<Entry> entries) implements Located {}

  record Entry(String key, int line, Located value) {}

  record Sequence(int line, List<Located> items) implements Located {}

  record Scalar(int line, String text) implements Located {}

  /** The value of a key with nothing behind it. */
  record Nothing(int line) implements Located {}

  static Located yaml(String text, List<Problem> problems) {
    return read(new YAMLFactory(), text, problems);
  }

  static Located json(String text, List<Problem> problems) {
    return read(new JsonFactory(), text, problems);
  }

  private static Located read(JsonFactory format, String text, List<Problem> problems) {
    try (JsonParser parser = format.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        problems.add(new Problem(1, "", "there is nothing in it"));
        return new Nothing(1);
      }
      Located tree = value(parser, "", problems);
      if (parser.nextToken() != null) {
        problems.add(new Problem(lineOf(parser), "", "a second document begins here"));
      }
      return tree;
    } catch (JacksonException broken) {
      int line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
      problems.add(new Problem(line, "", "cannot be read: " + broken.getOriginalMessage()));
      return new Nothing(line);
    } catch (IOException impossible) {
      throw new IllegalStateException("reading from memory failed", impossible);
    }
  }

  private static Located value(JsonParser parser, String path, List<Problem> problems)
      throws IOException {
    int line = lineOf(parser);
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, path, problems);
      case START_ARRAY -> {
        List<Located> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser, path + "[" + items.size() + "]", problems));
        }
        yield new Sequence(line, items);
      }
      case VALUE_NULL -> new Nothing(line);
      case VALUE_STRING,
          VALUE_NUMBER_INT,
          VALUE_NUMBER_FLOAT,
          VALUE_TRUE,
          VALUE_FALSE,
          VALUE_EMBEDDED_OBJECT ->
          new Scalar(line, parser.getText());
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME ->
          throw new IllegalStateException("no value begins with " + parser.currentToken());
    };
  }

  private static Mapping mapping(JsonParser parser, String path, List<Problem> problems)
      throws IOException {
    int line = lineOf(parser);
    List<Entry> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = lineOf(parser);
      String keyPath = path.isEmpty() ? key : path + "." + key;
      parser.nextToken();
      Located value = value(parser, keyPath, problems);
      if (seen.add(key)) {
        entries.add(new Entry(key, keyLine, value));
      } else {
        problems.add(new Problem(keyLine, keyPath, "is given twice"));
      }
    }
    return new Mapping(line, entries);
  }

  private static int lineOf(JsonParser parser) {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }
}
