package io.drainwatch.watcher.bench;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.scripts.ScriptEnvironment;
import io.drainwatch.drainer.scripts.ScriptNames;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import io.drainwatch.watcher.daemon.Daemon;
import io.drainwatch.watcher.daemon.DaemonSettings;
import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.events.MetadataSettings;
import io.drainwatch.watcher.events.Poll;
import io.drainwatch.watcher.events.PollResult;
import io.drainwatch.watcher.record.History;
import io.drainwatch.watcher.simulator.Simulator;
import io.drainwatch.watcher.simulator.SimulatorSettings;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * From the moment an event is in the document, and from the moment the document was read, to the
 * first command of the first hook's script. The script writes its own time; the daemon runs in this
 * process with its defaults, poll interval 1 s.
 */
final class LatencyToFirstHook {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private LatencyToFirstHook() {}

  static List<String> measure(int events) throws Exception {
    List<Duration> fromPublication = new ArrayList<>();
    List<Duration> fromReading = new ArrayList<>();
    Random moments = new Random(20261121);
    try (Workplace workplace = Workplace.create();
        Simulator simulator = Simulator.start(SimulatorSettings.forVm("vm_0"))) {
      Path stamp = workplace.path().resolve("stamp");
      workplace.script(Hook.SCHEDULED, "10-stamp", "date +%s%N > " + stamp);
      Observer observer = new Observer();
      try (Daemon daemon =
          Daemon.start(
              settings(simulator, workplace), Surroundings.ofThisMachine(), List.of(observer))) {
        observer.awaitPoll();
        for (int i = 0; i < events; i++) {
          TimeUnit.MILLISECONDS.sleep(moments.nextInt(1000));
          Files.deleteIfExists(stamp);
          observer.next();
          Instant published = Instant.now();
          String id =
              simulator.schedule(EventPlan.ofType("Reboot").notice(Duration.ofMinutes(15)).build());
          observer.awaitScript();
          long nanoseconds = Long.parseLong(Files.readString(stamp).strip());
          Instant started =
              Instant.ofEpochSecond(nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
          fromPublication.add(Duration.between(published, started));
          fromReading.add(Duration.between(observer.readAt(), started));
          simulator.endNow(id);
          while (daemon.watch().episode().isPresent()) {
            TimeUnit.MILLISECONDS.sleep(20);
          }
        }
      }
    }
    return List.of(
        Bench.figures("document published to first hook", fromPublication),
        Bench.figures("document read to first hook", fromReading));
  }

  private static DaemonSettings settings(Simulator simulator, Workplace workplace) {
    MetadataSettings defaults = MetadataSettings.defaults();
    return new DaemonSettings(
        new MetadataSettings(
            URI.create(simulator.baseUrl()),
            defaults.versions(),
            defaults.instanceVersion(),
            defaults.pollInterval(),
            defaults.connectLimit(),
            defaults.exchangeLimit(),
            defaults.firstAnswerLimit()),
        LifecycleSettings.defaults(),
        workplace.path().resolve("state"),
        Optional.empty(),
        List.of(workplace.hooks()),
        ScriptNames.ANY,
        ScriptEnvironment.DEFAULT_DROP,
        Optional.empty(),
        Set.of(),
        ContextSettings.defaults(),
        false,
        BoshSettings.off(),
        SlipStreamSettings.off(),
        History.DEFAULT_ENTRIES);
  }

  /** Notes when the document with an event was read, and when its script has ended. */
  private static final class Observer implements Witness {
    private final Semaphore polls = new Semaphore(0);
    private final Semaphore scripts = new Semaphore(0);
    private volatile Optional<Instant> readAt = Optional.empty();

    @Override
    public void polled(Poll poll) {
      if (poll.result() instanceof PollResult.Valid valid) {
        if (!valid.document().events().isEmpty() && readAt.isEmpty()) {
          readAt = Optional.of(valid.document().readAt());
        }
        polls.release();
      }
    }

    @Override
    public void scriptEnded(ScriptCalled call) {
      if (call.hook() == Hook.SCHEDULED) {
        scripts.release();
      }
    }

    void next() {
      readAt = Optional.empty();
      scripts.drainPermits();
    }

    Instant readAt() {
      return readAt.orElseThrow();
    }

    void awaitPoll() throws InterruptedException {
      polls.tryAcquire(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
    }

    void awaitScript() throws InterruptedException {
      if (!scripts.tryAcquire(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("no hook was run within " + LONGEST_WAIT);
      }
    }
  }
}
