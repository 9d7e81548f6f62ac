package io.drainwatch.drainer.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The shipped schema and the examples, as a reader of the context would use them. */
final class ContextSchema {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(resource("drain-context-v1.schema.json"), InputFormat.JSON);

  private ContextSchema() {}

  static List<String> complaints(JsonNode context) {
    return SCHEMA
        .validate(
            context, run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }

  static JsonNode written(DrainContext context) {
    return parse(new String(DrainContextJson.write(context), StandardCharsets.UTF_8));
  }

  static JsonNode example(String name) {
    return parse(resource("examples/" + name + ".json"));
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException notJson) {
      throw new UncheckedIOException(json, notJson);
    }
  }

  static String resource(String name) {
    try (InputStream file = ContextSchema.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("no test resource " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name, unreadable);
    }
  }
}
