package io.drainwatch.watcher.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.report.MaintenanceStatus;
import io.drainwatch.watcher.report.StatusJson;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** How things stand, from whoever can tell: the daemon, or without one its record. */
public sealed interface StatusReading {
  String PATH = "/maintenance";

  /**
   * @param json as the daemon gave it, with members that this version may not know
   */
  record FromDaemon(URI address, MaintenanceStatus status, ObjectNode json)
      implements StatusReading {}

  /**
   * @param why the daemon did not tell
   */
  record FromRecord(String why, MaintenanceStatus status) implements StatusReading {}

  /**
   * @param why the daemon did not tell
   * @param recordWhy why its record did not either
   */
  record Nothing(String why, String recordWhy) implements StatusReading {}

  static StatusReading read(DrainwatchSettings settings, String version, Instant now) {
    return of(Asked.of(settings, PATH), settings, version, now);
  }

  static StatusReading of(Asked asked, DrainwatchSettings settings, String version, Instant now) {
    if (asked instanceof Asked.Told(URI address, String body)) {
      Optional<FromDaemon> told = understood(address, body);
      if (told.isPresent()) {
        return told.get();
      }
    }
    String why = asked.why();
    try {
      return new FromRecord(why, DaemonRecord.status(settings.stateDir(), version, now));
    } catch (IOException e) {
      return new Nothing(why, String.valueOf(e.getMessage()));
    }
  }

  /** Empty when it is not what a Drainwatch says. */
  static Optional<FromDaemon> understood(URI address, String body) {
    try {
      JsonNode tree = StatusJson.readTree(body);
      return tree instanceof ObjectNode object && object.path("version").isTextual()
          ? Optional.of(new FromDaemon(address, StatusJson.readStatus(body), object))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
