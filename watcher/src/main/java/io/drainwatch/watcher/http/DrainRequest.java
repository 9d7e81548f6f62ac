package io.drainwatch.watcher.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.watcher.http.ErrorBody.Fault;
import io.drainwatch.watcher.report.StatusJson;
import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The body of {@code POST /maintenance/drain}; all faults of it are told at once.
 *
 * @param type what the drain is treated as; Reboot when not given, as where nothing is told
 * @param within the drain must be over by then; empty: no deadline
 */
record DrainRequest(String type, Optional<Duration> within) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Pattern WITH_UNIT = Pattern.compile("([0-9]{1,9}) ?(s|m|h|d)");
  private static final Set<String> KEYS = Set.of("type", "within");
  private static final int LONGEST_NAME_TOLD = 40;

  static DrainRequest read(String body) {
    JsonNode json = object(body);
    List<Fault> faults = new ArrayList<>();
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!KEYS.contains(name)) {
                faults.add(new Fault(shortened(name), "not known; known are type and within"));
              }
            });
    String type = text(json, "type", faults).map(told -> type(told, faults)).orElse("Reboot");
    Optional<Duration> within =
        text(json, "within", faults).flatMap(told -> duration(told, faults));
    if (!faults.isEmpty()) {
      throw refused(faults);
    }
    return new DrainRequest(type, within);
  }

  /** For a command without anything to say. */
  static void refuseContent(String body) {
    if (!object(body).isEmpty()) {
      throw refused(List.of(new Fault("", "nothing is expected here")));
    }
  }

  private static JsonNode object(String body) {
    try {
      JsonNode json = StatusJson.readTree(body.isEmpty() ? "{}" : body);
      if (json.isObject()) {
        return json;
      }
    } catch (IOException e) {
      // what the parser says is about its own workings
    }
    throw refused(List.of(new Fault("", "not a JSON object")));
  }

  private static Optional<String> text(JsonNode json, String key, List<Fault> faults) {
    JsonNode value = json.path(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      faults.add(new Fault(key, "must be a text"));
      return Optional.empty();
    }
    return Optional.of(value.asText());
  }

  private static String type(String told, List<Fault> faults) {
    EventKind kind = EventKind.of(told);
    if (kind == EventKind.UNKNOWN) {
      faults.add(
          new Fault(
              "type",
              "not known; known are "
                  + Arrays.stream(EventKind.values())
                      .filter(each -> each != EventKind.UNKNOWN)
                      .map(EventKind::word)
                      .collect(Collectors.joining(", "))));
    }
    return kind.word();
  }

  private static Optional<Duration> duration(String told, List<Fault> faults) {
    try {
      Matcher matcher = WITH_UNIT.matcher(told);
      Duration duration =
          matcher.matches()
              ? Duration.parse(
                  (matcher.group(2).equals("d") ? "P" : "PT") + matcher.group(1) + matcher.group(2))
              : Duration.parse(told);
      if (duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0) {
        return Optional.of(duration);
      }
      faults.add(new Fault("within", "must be 1 s to 7 d"));
    } catch (DateTimeException | ArithmeticException e) {
      faults.add(
          new Fault(
              "within", "not a duration; write 90s, 10m, 1h, 2d, or ISO-8601 such as PT1M30S"));
    }
    return Optional.empty();
  }

  private static String shortened(String name) {
    return name.length() > LONGEST_NAME_TOLD ? name.substring(0, LONGEST_NAME_TOLD) + "..." : name;
  }

  private static RequestRefused refused(List<Fault> faults) {
    return new RequestRefused(
        HttpStatus.BAD_REQUEST,
        new ErrorBody(
            "take the command",
            "the request has faults; nothing was done",
            Optional.empty(),
            faults));
  }
}
