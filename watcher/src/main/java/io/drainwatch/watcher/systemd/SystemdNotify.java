package io.drainwatch.watcher.systemd;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.report.ReportThread;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd READY, STATUS, WATCHDOG and STOPPING. The watchdog is fed at half of {@code
 * WATCHDOG_USEC}, and only while the folding thread's beat is fresh: a daemon that hangs is
 * restarted and goes on from its record. Everything but STOPPING is sent by the {@link
 * ReportThread}.
 */
public final class SystemdNotify implements Witness, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SystemdNotify.class);
  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final String WATCHDOG = "WATCHDOG_USEC";
  private static final String WATCHDOG_PID = "WATCHDOG_PID";
  private static final String IDLE = "watching";

  private final Optional<NotifySocket> socket;
  private final Optional<Duration> watchdog;
  private final ReportThread thread;
  private volatile String status = IDLE;
  private boolean hangSaid; // of the report thread
  private boolean failureSaid; // guarded by this, as the socket is

  SystemdNotify(Optional<NotifySocket> socket, Optional<Duration> watchdog, ReportThread thread) {
    this.socket = socket;
    this.watchdog = watchdog;
    this.thread = thread;
  }

  /**
   * Silent unless {@code NOTIFY_SOCKET} is set.
   *
   * @param pid of this process: a watchdog may be meant for another
   */
  public static SystemdNotify of(Map<String, String> environment, long pid, ReportThread thread) {
    Optional<NotifySocket> socket =
        Optional.ofNullable(environment.get(SOCKET))
            .filter(path -> !path.isEmpty())
            .flatMap(SystemdNotify::open);
    return new SystemdNotify(socket, watchdog(environment, pid), thread);
  }

  private static Optional<NotifySocket> open(String path) {
    if (!UnixDatagram.isPossible()) {
      LOG.warn("{} is set, but java runs without --enable-native-access: nothing is told", SOCKET);
      return Optional.empty();
    }
    return switch (UnixDatagram.open(path)) {
      case UnixDatagram.Opened.Ready(NotifySocket socket) -> Optional.of(socket);
      case UnixDatagram.Opened.Not(String why) -> {
        LOG.warn("{} cannot be used, systemd is told nothing: {}", SOCKET, why);
        yield Optional.empty();
      }
    };
  }

  static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
    String microseconds = environment.getOrDefault(WATCHDOG, "");
    String meant = environment.getOrDefault(WATCHDOG_PID, "");
    if (!microseconds.matches("[1-9][0-9]{0,14}")
        || !(meant.isEmpty() || meant.equals(Long.toString(pid)))) {
      return Optional.empty();
    }
    return Optional.of(Duration.of(Long.parseLong(microseconds), ChronoUnit.MICROS));
  }

  /**
   * The daemon is up.
   *
   * @param alive whether the folding thread's beat is fresh
   */
  public void ready(BooleanSupplier alive) {
    if (socket.isEmpty()) {
      return;
    }
    thread.execute(() -> send("READY=1\nSTATUS=" + status));
    watchdog.ifPresent(limit -> thread.every(limit.dividedBy(2), () -> feed(alive)));
  }

  private void feed(BooleanSupplier alive) {
    if (alive.getAsBoolean()) {
      hangSaid = false;
      send("WATCHDOG=1");
    } else if (!hangSaid) {
      hangSaid = true;
      LOG.error("the folding thread hangs: the watchdog is not fed, systemd restarts the daemon");
    }
  }

  @Override
  public void stepped(Step step) {
    if (socket.isEmpty()) {
      return;
    }
    String now = statusOf(step.transition().watch());
    if (!now.equals(status)) {
      status = now;
      thread.execute(() -> send("STATUS=" + now));
    }
  }

  private static String statusOf(Watch watch) {
    return watch.episode().map(Episode::state).map(state -> state.word()).orElse(IDLE);
  }

  /** At once, whatever else is waiting to be told. */
  public void stopping() {
    send("STOPPING=1\nSTATUS=stopping");
  }

  private synchronized void send(String message) {
    socket
        .flatMap(open -> open.send(message))
        .filter(why -> !failureSaid)
        .ifPresent(
            why -> {
              failureSaid = true;
              LOG.warn("systemd could not be told {}: {}", message.lines().toList(), why);
            });
  }

  @Override
  public synchronized void close() {
    socket.ifPresent(NotifySocket::close);
  }
}
