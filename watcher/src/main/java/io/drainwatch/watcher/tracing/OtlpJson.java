package io.drainwatch.watcher.tracing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.tracing.Span;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Spans as OTLP has them in JSON (opentelemetry-proto, "JSON Protobuf Encoding"): ids in hex,
 * 64-bit numbers as texts, enumerations as numbers. Pure.
 */
final class OtlpJson {
  private static final int INTERNAL = 1; // Span.SpanKind
  private static final int ERROR = 2; // Status.StatusCode
  private static final long NANOS = 1_000_000_000L;

  private OtlpJson() {}

  /**
   * @param version of Drainwatch
   */
  static String of(List<Span> spans, String version) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ObjectNode ofUs = all.putArray("resourceSpans").addObject();
    attributes(
        ofUs.putObject("resource").putArray("attributes"),
        Map.of("service.name", "drainwatch", "service.version", version));
    ObjectNode scope = ofUs.putArray("scopeSpans").addObject();
    scope.putObject("scope").put("name", "io.drainwatch").put("version", version);
    ArrayNode list = scope.putArray("spans");
    spans.forEach(span -> write(span, list.addObject()));
    return all.toString();
  }

  private static void write(Span span, ObjectNode json) {
    json.put("traceId", span.trace().hex());
    json.put("spanId", span.id().hex());
    span.parent().ifPresent(parent -> json.put("parentSpanId", parent.hex()));
    json.put("name", span.name());
    json.put("kind", INTERNAL);
    json.put("startTimeUnixNano", nanos(span.from()));
    json.put("endTimeUnixNano", nanos(span.to()));
    attributes(json.putArray("attributes"), span.attributes());
    ObjectNode status = json.putObject("status");
    span.fault().ifPresent(why -> status.put("code", ERROR).put("message", why));
  }

  private static void attributes(ArrayNode list, Map<String, ?> attributes) {
    new TreeMap<>(attributes)
        .forEach(
            (key, value) -> {
              ObjectNode one = list.addObject().put("key", key).putObject("value");
              switch (value) {
                case Long number -> one.put("intValue", number.toString());
                case Boolean truth -> one.put("boolValue", truth);
                default -> one.put("stringValue", value.toString());
              }
            });
  }

  private static String nanos(Instant at) {
    return Long.toString(Math.addExact(at.getEpochSecond() * NANOS, at.getNano()));
  }
}
