package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.context.ContextMember;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * {@code context get}, which hooks call, perhaps many times in the 30 s before an eviction. So it
 * is found without the table of commands and reads without an object mapper: of 0.5 s of processor
 * time those two were 0.4 s.
 */
final class ContextGet {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  ContextGet(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** Whether these arguments are nothing but the question for a member. */
  static boolean isAskedBy(String... arguments) {
    return arguments.length == 3
        && arguments[0].equals("context")
        && arguments[1].equals("get")
        && arguments[2].startsWith(".");
  }

  /** Returns the exit code. */
  int print(String member) {
    String file = environment.getOrDefault("DRAIN_CONTEXT_FILE", "");
    String inline = environment.getOrDefault("DRAIN_CONTEXT", "");
    if (file.isEmpty() && inline.isEmpty()) {
      return failed(
          "Neither DRAIN_CONTEXT_FILE nor DRAIN_CONTEXT is set: this works inside a hook only.");
    }
    try {
      Optional<String> found =
          ContextMember.get(tree(file.isEmpty() ? inline : text(file, inline)), member);
      if (found.isEmpty()) {
        return failed("The drain context has no " + member + ".");
      }
      out.println(found.get());
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println("See: drainwatch context get --help");
      return ExitCode.USAGE;
    } catch (JsonProcessingException e) {
      return failed(
          "The drain context in "
              + (file.isEmpty() ? "DRAIN_CONTEXT" : file)
              + " is no JSON: "
              + e.getOriginalMessage()
              + ".");
    } catch (IOException e) {
      return failed("DRAIN_CONTEXT_FILE cannot be read, " + file + ": " + e + ".");
    }
  }

  private int failed(String sentence) {
    err.println(sentence);
    return ExitCode.FAILED;
  }

  /** A file that is gone is no harm while the same bytes are in the variable. */
  private static String text(String file, String inline) throws IOException {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      if (!inline.isEmpty()) {
        return inline;
      }
      throw e instanceof IOException cause ? cause : new IOException(e);
    }
  }

  private static JsonNode tree(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static JsonNode value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return NODES.missingNode();
    }
    return switch (token) {
      case START_OBJECT -> {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          object.set(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
      default -> NODES.nullNode();
    };
  }
}
