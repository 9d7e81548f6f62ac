package io.drainwatch.watcher.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The bodies of {@code scheduled-events/} and short ways to read bodies in tests. */
final class Fixtures {
  static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

  private Fixtures() {}

  static byte[] bytes(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/scheduled-events/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  static Reading read(String body) {
    return new DocumentReader().read(body.getBytes(StandardCharsets.UTF_8), NOW);
  }

  static Document document(String body) {
    return readDocument(body).document();
  }

  static Map<Oddity, Integer> oddities(String body) {
    return readDocument(body).oddities();
  }

  private static Reading.ReadDocument readDocument(String body) {
    Reading reading = read(body);
    assertThat(reading).isInstanceOf(Reading.ReadDocument.class);
    return (Reading.ReadDocument) reading;
  }

  static String reasonAgainst(String body) {
    Reading reading = read(body);
    assertThat(reading).isInstanceOf(Reading.NotADocument.class);
    return ((Reading.NotADocument) reading).reason();
  }

  static String bodyWith(String... entries) {
    return "{\"DocumentIncarnation\":1,\"Events\":[" + String.join(",", entries) + "]}";
  }

  /** An ordinary Reboot of {@code vm1}, in which some fields are replaced or added. */
  static String entryWith(String... fields) {
    Map<String, String> all = new java.util.LinkedHashMap<>();
    all.put("EventId", "\"C7061BAC-AFDC-4513-B24B-AA5F13A16123\"");
    all.put("EventStatus", "\"Scheduled\"");
    all.put("EventType", "\"Reboot\"");
    all.put("ResourceType", "\"VirtualMachine\"");
    all.put("Resources", "[\"vm1\"]");
    all.put("NotBefore", "\"Mon, 01 Jun 2026 08:15:00 GMT\"");
    all.put("Description", "\"\"");
    all.put("EventSource", "\"Platform\"");
    all.put("DurationInSeconds", "-1");
    for (String field : fields) {
      String[] nameAndValue = field.split(":", 2);
      all.put(nameAndValue[0], nameAndValue[1]);
    }
    return "{"
        + String.join(
            ",", all.entrySet().stream().map(f -> quoted(f.getKey()) + ":" + f.getValue()).toList())
        + "}";
  }

  static String entryWithout(String field) {
    return entryWith()
        .replaceFirst("\"" + field + "\":(\\[[^]]*]|\"[^\"]*\"|[^,}]*),?", "")
        .replace(",}", "}");
  }

  static ScheduledEvent eventWith(String... fields) {
    return only(document(bodyWith(entryWith(fields))).events());
  }

  static ScheduledEvent eventWithout(String field) {
    return only(document(bodyWith(entryWithout(field))).events());
  }

  private static ScheduledEvent only(List<ScheduledEvent> events) {
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
