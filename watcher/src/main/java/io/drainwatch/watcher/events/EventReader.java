package io.drainwatch.watcher.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads one entry of {@code Events} (azure-scheduled-events.md, section 3, column "Do"). Whatever
 * is missing or wrong in it, an object is an event: better one too many than one lost.
 */
final class EventReader {
  /** An event that is longer as JSON is read, but not kept as received. */
  static final int LONGEST_RAW = 64 * 1_024;

  /** No interruption lasts longer; a larger figure would only overflow somewhere. */
  private static final long LONGEST_DURATION = Duration.ofDays(366).toSeconds();

  /** Empty when the entry is not an object, or Completed or Canceled; the tally tells which. */
  Optional<ScheduledEvent> read(JsonNode entry, Map<Oddity, Integer> tally) {
    if (!entry.isObject()) {
      Oddity.UNREADABLE_EVENT.countIn(tally);
      return Optional.empty();
    }
    String statusWord = text(entry, "EventStatus").strip().toLowerCase(Locale.ROOT);
    if (isFinished(statusWord)) {
      Oddity.FINISHED_EVENT.countIn(tally);
      return Optional.empty();
    }
    String type = type(entry, tally);
    List<String> resources = resources(entry.path("Resources"), tally);
    Identifier id = identifier(entry, type, resources, tally);
    return Optional.of(
        new ScheduledEvent(
            id.text(),
            id.isThePlatforms(),
            type,
            status(statusWord, tally),
            source(text(entry, "EventSource").strip()),
            resourceType(entry, tally),
            resources,
            notBefore(entry.path("NotBefore"), tally),
            duration(entry.path("DurationInSeconds"), tally),
            text(entry, "Description"),
            raw(entry)));
  }

  /** These two exist in Event Grid only; here they can but mean that it is over. */
  private static boolean isFinished(String statusWord) {
    return statusWord.equals("completed")
        || statusWord.equals("canceled")
        || statusWord.equals("cancelled");
  }

  private static EventStatus status(String word, Map<Oddity, Integer> tally) {
    if (word.equals("scheduled")) {
      return EventStatus.SCHEDULED;
    }
    if (word.equals("started")) {
      return EventStatus.STARTED;
    }
    Oddity.UNKNOWN_STATUS.countIn(tally);
    return EventStatus.UNKNOWN;
  }

  /** OPERATOR is a source of our own and cannot be claimed from outside. */
  private static EventSource source(String word) {
    if (EventSource.PLATFORM.word().equalsIgnoreCase(word)) {
      return EventSource.PLATFORM;
    }
    return EventSource.USER.word().equalsIgnoreCase(word) ? EventSource.USER : EventSource.UNKNOWN;
  }

  private static String type(JsonNode entry, Map<Oddity, Integer> tally) {
    String type = text(entry, "EventType");
    if (EventKind.of(type) == EventKind.UNKNOWN) {
      Oddity.UNKNOWN_TYPE.countIn(tally);
    }
    return type;
  }

  private static String resourceType(JsonNode entry, Map<Oddity, Integer> tally) {
    String resourceType = text(entry, "ResourceType");
    if (!resourceType.equalsIgnoreCase("VirtualMachine")) {
      Oddity.OTHER_RESOURCE_TYPE.countIn(tally);
    }
    return resourceType;
  }

  private static List<String> resources(JsonNode array, Map<Oddity, Integer> tally) {
    List<String> names = new ArrayList<>();
    if (array.isArray()) {
      for (JsonNode element : array) {
        String name = element.isTextual() ? ForeignText.clean(element.textValue()) : "";
        if (name.isBlank()) {
          Oddity.UNREADABLE_RESOURCE.countIn(tally);
        } else {
          names.add(name);
        }
      }
    }
    if (names.isEmpty()) {
      Oddity.NO_RESOURCES.countIn(tally);
    }
    return names;
  }

  private record Identifier(String text, boolean isThePlatforms) {}

  /**
   * The id goes back exactly as it came or not at all: an id that had to be cleaned or cut is good
   * enough to follow the event by, but is another id than the platform's.
   */
  private static Identifier identifier(
      JsonNode entry, String type, List<String> resources, Map<Oddity, Integer> tally) {
    JsonNode node = entry.path("EventId");
    String received = node.isTextual() ? node.textValue() : "";
    String clean = ForeignText.clean(received);
    if (!clean.isBlank() && clean.equals(received)) {
      return new Identifier(received, true);
    }
    Oddity.NO_EVENT_ID.countIn(tally);
    String standIn = type + "/" + (resources.isEmpty() ? "" : resources.getFirst());
    return new Identifier(clean.isBlank() ? standIn : clean, false);
  }

  private static Optional<Instant> notBefore(JsonNode node, Map<Oddity, Integer> tally) {
    boolean isAbsent =
        node.isMissingNode() || node.isNull() || (node.isTextual() && node.textValue().isBlank());
    Optional<Instant> moment =
        node.isTextual() ? PlatformDates.read(node.textValue()) : Optional.empty();
    if (moment.isEmpty() && !isAbsent) {
      Oddity.UNREADABLE_NOT_BEFORE.countIn(tally);
    }
    return moment;
  }

  private static Optional<Duration> duration(JsonNode node, Map<Oddity, Integer> tally) {
    OptionalLong seconds = PlatformJson.wholeNumber(node);
    boolean isAbsent = node.isMissingNode() || node.isNull();
    if ((seconds.isEmpty() && !isAbsent) || seconds.orElse(0) > LONGEST_DURATION) {
      Oddity.UNREADABLE_DURATION.countIn(tally);
      return Optional.empty();
    }
    return seconds.isPresent() && seconds.getAsLong() >= 0
        ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
        : Optional.empty();
  }

  private static String text(JsonNode entry, String field) {
    JsonNode node = entry.path(field);
    return node.isTextual() ? ForeignText.clean(node.textValue()) : "";
  }

  private static Optional<String> raw(JsonNode entry) {
    try {
      return Optional.of(PlatformJson.MAPPER.writeValueAsString(entry))
          .filter(json -> json.length() <= LONGEST_RAW);
    } catch (JsonProcessingException e) {
      return Optional.empty(); // was read a moment ago and cannot be written: not worth the event
    }
  }
}
