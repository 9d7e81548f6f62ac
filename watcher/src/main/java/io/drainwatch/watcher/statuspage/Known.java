package io.drainwatch.watcher.statuspage;

import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.watcher.report.EpisodeTrace;
import io.drainwatch.watcher.report.Health;
import io.drainwatch.watcher.report.MaintenanceStatus;
import java.util.List;
import java.util.Optional;

/**
 * All that the page is made from.
 *
 * @param trace of the newest maintenance
 * @param past newest first
 * @param pastFault why the history cannot be read; empty: it can
 * @param showsOutput whether what scripts printed may be shown to whoever can open the page
 */
public record Known(
    MaintenanceStatus status,
    Health readiness,
    EpisodeTrace.Seen trace,
    List<Summary> past,
    Optional<String> pastFault,
    boolean showsOutput) {

  public Known {
    past = List.copyOf(past);
  }
}
