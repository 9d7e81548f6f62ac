package io.drainwatch.watcher.http;

import io.drainwatch.watcher.daemon.Daemon;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.metrics.Metrics;
import io.drainwatch.watcher.report.Health;
import io.drainwatch.watcher.report.MaintenanceFeed;
import io.drainwatch.watcher.report.MaintenanceStatus;
import io.drainwatch.watcher.report.OperatorAnswers;
import io.drainwatch.watcher.report.ReportThread;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * All that reports, put together before the daemon is, since the daemon takes its witnesses at the
 * start.
 *
 * @param freshness how old the last news may be for readiness
 */
public record Reporting(
    String version,
    InstantSource clock,
    Duration freshness,
    Metrics metrics,
    MaintenanceFeed feed,
    OperatorAnswers answers,
    ReportThread thread) {

  /**
   * @param pollInterval documents cannot come faster
   */
  public static Reporting of(String version, InstantSource clock, Duration pollInterval) {
    Duration threePolls = pollInterval.multipliedBy(3);
    return new Reporting(
        version,
        clock,
        threePolls.compareTo(Health.LEAST_FRESHNESS) > 0 ? threePolls : Health.LEAST_FRESHNESS,
        new Metrics(version),
        new MaintenanceFeed(clock),
        new OperatorAnswers(),
        new ReportThread());
  }

  public List<Witness> witnesses() {
    return List.of(metrics, feed, answers);
  }

  MaintenanceStatus statusOf(Daemon daemon) {
    return MaintenanceStatus.of(
        version,
        daemon.watch(),
        daemon::whyNotAcknowledged,
        Optional.of(daemon.metadata()),
        daemon.diskFault(),
        clock.instant());
  }
}
