package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.operator.StatusReading;
import io.drainwatch.watcher.report.MaintenanceStatus;
import io.drainwatch.watcher.report.StatusJson;
import java.io.IOException;
import java.net.URI;

/** Prints the status, as text or as one line of JSON, whoever told it. */
final class StatusPrinter {
  private final Caller caller;
  private final boolean json;

  StatusPrinter(Caller caller, boolean json) {
    this.caller = caller;
    this.json = json;
  }

  /**
   * @return the exit code of the command
   */
  int print(StatusReading reading) throws IOException {
    return switch (reading) {
      case StatusReading.FromDaemon(URI address, MaintenanceStatus status, ObjectNode told) -> {
        if (json) {
          ObjectNode whole = told.deepCopy();
          whole.putObject("daemon").put("running", true).put("address", address.toString());
          caller.out().println(whole);
        } else {
          new StatusText(caller.out())
              .print("running at " + address + ", version " + status.version(), status);
        }
        yield ExitCode.OK;
      }
      case StatusReading.FromRecord(String why, MaintenanceStatus status) -> {
        if (json) {
          caller.out().println(notRunning(why, status));
        } else {
          new StatusText(caller.out()).print("not running; this is its record", status);
        }
        caller.complain("The daemon does not answer (" + why + ").");
        yield ExitCode.NO_DAEMON;
      }
      case StatusReading.Nothing(String why, String recordWhy) -> {
        if (json) {
          caller.out().println("{\"daemon\":{\"running\":false}}");
        }
        caller.complain("The daemon does not answer (" + why + "). " + recordWhy);
        yield ExitCode.NO_DAEMON;
      }
    };
  }

  private static ObjectNode notRunning(String why, MaintenanceStatus status) throws IOException {
    ObjectNode whole = (ObjectNode) StatusJson.readTree(StatusJson.write(status));
    whole.putObject("daemon").put("running", false).put("why", why);
    return whole;
  }
}
