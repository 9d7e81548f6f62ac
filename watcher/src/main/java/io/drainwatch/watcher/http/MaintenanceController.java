package io.drainwatch.watcher.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.watcher.daemon.Daemon;
import io.drainwatch.watcher.http.ErrorBody.Fault;
import io.drainwatch.watcher.record.StateView;
import io.drainwatch.watcher.report.StatusJson;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How things stand and how they went. */
@Requires(beans = Daemon.class)
@Controller(value = "/maintenance", produces = MediaType.APPLICATION_JSON)
final class MaintenanceController {
  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceController.class);
  private static final int USUAL_LIMIT = 20;
  private static final int LARGEST_LIMIT = 1000;

  /**
   * @param maintenances summaries, newest first
   */
  record PastMaintenances(List<JsonNode> maintenances) {}

  private final Daemon daemon;
  private final Reporting reporting;

  MaintenanceController(Daemon daemon, Reporting reporting) {
    this.daemon = daemon;
    this.reporting = reporting;
  }

  @Get
  String status() {
    return StatusJson.write(reporting.statusOf(daemon));
  }

  @Get("/history")
  @ExecuteOn(TaskExecutors.BLOCKING)
  String history(@QueryValue("limit") Optional<String> limit) {
    int atMost = limit.map(MaintenanceController::limitIn).orElse(USUAL_LIMIT);
    try {
      return StatusJson.write(
          new PastMaintenances(StateView.of(daemon.stateDirectory()).history(atMost)));
    } catch (IOException e) {
      LOG.warn("the history cannot be read: {}", e.getMessage());
      throw new RequestRefused(
          HttpStatus.INTERNAL_SERVER_ERROR,
          "read the history",
          "it cannot be read; the log says why");
    }
  }

  private static int limitIn(String text) {
    if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= 1) {
      int limit = Integer.parseInt(text);
      if (limit <= LARGEST_LIMIT) {
        return limit;
      }
    }
    throw new RequestRefused(
        HttpStatus.BAD_REQUEST,
        new ErrorBody(
            "read the history",
            "the request has faults",
            Optional.empty(),
            List.of(new Fault("limit", "a whole number from 1 to " + LARGEST_LIMIT))));
  }
}
