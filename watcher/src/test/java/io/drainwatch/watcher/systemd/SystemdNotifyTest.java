package io.drainwatch.watcher.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.watcher.report.ReportThread;
import io.drainwatch.watcher.report.Story;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class SystemdNotifyTest {
  private static final long PID = 4711;

  @TempDir Path directory;

  private final ReportThread thread = new ReportThread();

  @AfterEach
  void stop() {
    thread.close();
  }

  private String path() {
    return directory.resolve("notify").toString();
  }

  private SystemdNotify notify(Map<String, String> environment) {
    return SystemdNotify.of(environment, PID, thread);
  }

  private void waitForTheThread() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    thread.execute(done::countDown);
    done.await();
  }

  @Test
  void tellsReadinessStatesAndTheEnd() throws InterruptedException {
    try (Receiver systemd = new Receiver(path());
        SystemdNotify notify = notify(Map.of("NOTIFY_SOCKET", path()))) {
      notify.ready(() -> true);
      waitForTheThread(); // readiness is told with the state of the moment it is told in
      new Story(notify).begin().document(Events.reboot("A")).document(Events.reboot("A"));
      waitForTheThread();
      notify.stopping();
      assertThat(systemd.received())
          .containsExactly(
              "READY=1\nSTATUS=watching",
              "STATUS=Cordoned",
              "STATUS=Draining",
              "STATUS=Drained",
              "STOPPING=1\nSTATUS=stopping");
    }
  }

  @Test
  void speaksToAbstractSocketsToo() {
    String name = "@drainwatch-test-" + UUID.randomUUID();
    try (Receiver systemd = new Receiver(name);
        SystemdNotify notify = notify(Map.of("NOTIFY_SOCKET", name))) {
      notify.stopping();
      assertThat(systemd.received()).containsExactly("STOPPING=1\nSTATUS=stopping");
    }
  }

  @Test
  void feedsTheWatchdogOnlyWhileTheBeatIsFresh() throws InterruptedException {
    AtomicBoolean alive = new AtomicBoolean(true);
    try (Receiver systemd = new Receiver(path());
        SystemdNotify notify = notify(Map.of("NOTIFY_SOCKET", path(), "WATCHDOG_USEC", "40000"))) {
      notify.ready(alive::get);
      await()
          .pollInterval(Duration.ofMillis(5))
          .until(() -> systemd.received().stream().filter("WATCHDOG=1"::equals).count() >= 2);
      alive.set(false);
      waitForTheThread();
      int fed = systemd.received().size();
      await().during(Duration.ofMillis(200)).until(() -> systemd.received().size() == fed);
    }
  }

  @Test
  void isSilentWithoutASocket() {
    try (SystemdNotify notify = notify(Map.of("WATCHDOG_USEC", "40000"))) {
      notify.ready(() -> true);
      new Story(notify).begin().document(Events.reboot("A"));
      notify.stopping();
    }
  }

  @Test
  void bearsThatNobodyListens() {
    try (SystemdNotify notify = notify(Map.of("NOTIFY_SOCKET", path()))) {
      notify.stopping();
      notify.stopping();
    }
  }

  @Test
  void bearsAnAddressThatIsNone() {
    for (String path : new String[] {"relative", "/", "vsock:2:1234", "/" + "x".repeat(200)}) {
      try (SystemdNotify notify = notify(Map.of("NOTIFY_SOCKET", path))) {
        notify.stopping();
      }
    }
  }

  @Test
  void obeysAWatchdogThatIsMeantForThisProcessAlone() {
    assertThat(SystemdNotify.watchdog(Map.of("WATCHDOG_USEC", "90000000"), PID))
        .contains(Duration.ofSeconds(90));
    assertThat(SystemdNotify.watchdog(Map.of("WATCHDOG_USEC", "5000", "WATCHDOG_PID", "4711"), PID))
        .contains(Duration.ofMillis(5));
    assertThat(SystemdNotify.watchdog(Map.of("WATCHDOG_USEC", "5000", "WATCHDOG_PID", "1"), PID))
        .isEmpty();
    for (String nonsense : new String[] {"", "0", "-1", "soon", "9".repeat(40)}) {
      assertThat(SystemdNotify.watchdog(Map.of("WATCHDOG_USEC", nonsense), PID)).isEmpty();
    }
  }
}
