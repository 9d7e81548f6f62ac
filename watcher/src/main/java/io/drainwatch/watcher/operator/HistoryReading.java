package io.drainwatch.watcher.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.record.StateView;
import io.drainwatch.watcher.report.StatusJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The maintenances that are over, newest first, from the daemon or from its files. */
public sealed interface HistoryReading {

  /**
   * @param maintenances summaries, as {@code EpisodeJson} writes them
   */
  record FromDaemon(List<JsonNode> maintenances) implements HistoryReading {}

  /**
   * @param why the daemon did not tell
   */
  record FromFile(String why, List<JsonNode> maintenances) implements HistoryReading {}

  /**
   * @param why the daemon did not tell
   * @param fileWhy why its files did not either
   */
  record Nothing(String why, String fileWhy) implements HistoryReading {}

  /**
   * @param limit 1 to 1000
   */
  static HistoryReading read(DrainwatchSettings settings, int limit) {
    Asked asked = Asked.of(settings, StatusReading.PATH + "/history?limit=" + limit);
    if (asked instanceof Asked.Told told) {
      Optional<List<JsonNode>> maintenances = maintenances(told.body());
      if (maintenances.isPresent()) {
        return new FromDaemon(maintenances.get());
      }
    }
    try {
      return new FromFile(asked.why(), StateView.of(settings.stateDir()).history(limit));
    } catch (IOException e) {
      return new Nothing(asked.why(), String.valueOf(e.getMessage()));
    }
  }

  private static Optional<List<JsonNode>> maintenances(String body) {
    try {
      JsonNode list = StatusJson.readTree(body).path("maintenances");
      if (!list.isArray()) {
        return Optional.empty();
      }
      List<JsonNode> all = new ArrayList<>();
      list.forEach(all::add);
      return Optional.of(all);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
