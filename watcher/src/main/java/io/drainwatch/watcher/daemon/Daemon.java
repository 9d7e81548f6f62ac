package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.maintenance.WatchRecord;
import io.drainwatch.drainer.record.VmFactsJson;
import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.watcher.events.MetadataClient;
import io.drainwatch.watcher.events.MetadataStatus;
import io.drainwatch.watcher.record.History;
import io.drainwatch.watcher.record.Journal;
import io.drainwatch.watcher.record.JournalFinding;
import io.drainwatch.watcher.record.StateDirectory;
import io.drainwatch.watcher.record.StateDirectoryException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon on a plain VM, put together: state directory, journal, metadata client, hooks, the
 * loop, and what wakes them.
 *
 * <p>Threads: one folds ({@link MaintenanceLoop}) and looks at the clock, one of Quartz's polls,
 * one sends acknowledgements; scripts have their own. Nothing is shared but the loop's inbox and
 * its snapshot.
 */
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  /**
   * Scripts have 3 s between TERM and KILL when the daemon stops, so that it is gone within 5 s.
   */
  static final Duration STOP_GRACE = Duration.ofSeconds(3);

  private static final Duration LONGEST_LAST_STEP = Duration.ofMillis(500);
  private static final Duration LONGEST_STOP = Duration.ofMillis(3500);

  private final Optional<NodeSide> node;
  private final Surroundings surroundings;
  private final StateDirectory stateDirectory;
  private final MetadataClient client;
  private final MaintenanceLoop loop;
  private final ScriptHooks hooks;
  private final Alarms alarms;
  private final OwnIdentity identity;
  private final Poller poller;
  private final ExecutorService acknowledging =
      Executors.newSingleThreadExecutor(named("acknowledge"));
  private final KnownFacts facts;
  private final Duration pollInterval;
  private final AtomicLong lastBeat;
  private final Thread folding;
  private final Thread warming = named("warm-up").newThread(this::warmUp);
  private volatile boolean closed;

  private Daemon(
      DaemonSettings settings,
      Surroundings surroundings,
      StateDirectory stateDirectory,
      Optional<NodeSide> node,
      List<Witness> witnesses,
      SafetyCheck check) {
    this.node = node;
    this.surroundings = surroundings;
    this.stateDirectory = stateDirectory;
    pollInterval = settings.metadata().pollInterval();
    facts = new KnownFacts(surroundings.furtherFacts(), this::watch);
    lastBeat = new AtomicLong(surroundings.nanoseconds().getAsLong());
    client =
        new MetadataClient(settings.metadata(), surroundings.clock(), surroundings.nanoseconds());
    List<Witness> all = new ArrayList<>(witnesses);
    all.add(new Chronicle());
    Optional<NodeDeeds> nodeDeeds = node.map(NodeDeeds::new);
    nodeDeeds.ifPresent(all::addFirst);
    alarms = new Alarms(surroundings.clock(), surroundings.nanoseconds(), pollInterval);
    Journal.Opened opened = Journal.open(stateDirectory);
    opened.findings().forEach(finding -> LOG.warn("{}", finding.message()));
    WatchRecord record =
        opened.last().map(new RecordReading(stateDirectory)::of).orElse(WatchRecord.EMPTY);
    hooks = HookParts.of(settings, surroundings, stateDirectory, check, facts::orTheNameAlone, all);
    loop =
        new MaintenanceLoop(
            new Lifecycle(settings.lifecycle()),
            record,
            opened.findings().stream().noneMatch(JournalFinding.NotForced.class::isInstance),
            new JournalKeeper(
                stateDirectory,
                facts::get,
                opened.journal(),
                History.open(stateDirectory, settings.historyEntries())),
            node.isPresent(),
            List.of(
                nodeDeeds.<Deeds>map(deeds -> deeds).orElseGet(PlainVm::new),
                hooks,
                new Acknowledgements(client, acknowledging, node, this::stillStands, all)),
            all,
            new ClockWatch(surroundings.clock(), surroundings.nanoseconds()),
            alarms::ofTheCore,
            this::beat,
            this::setAlarmsAnew);
    identity =
        new OwnIdentity(
            client::identity,
            surroundings.bootId(),
            settings.vmName(),
            () -> node.flatMap(NodeSide::vmName),
            surroundings.nanoseconds(),
            loop::report,
            facts::learned,
            all);
    poller = new Poller(client, identity, loop::report, all);
    folding = named("fold").newThread(loop);
    // The same boot of the same kernel is the same machine: a drain goes on before the metadata
    // service has said who we are.
    record
        .episode()
        .map(Episode::machine)
        .or(record.peers()::machine)
        .filter(machine -> machine.bootId().equals(surroundings.bootId()))
        .ifPresent(
            machine -> {
              facts.recorded(
                  opened
                      .last()
                      .flatMap(last -> VmFactsJson.read(last.record().path(JournalKeeper.VM))));
              loop.report(new Observation.DaemonStarted(machine));
            });
  }

  /**
   * Puts a daemon together and starts it.
   *
   * @throws StateDirectoryException when the state directory cannot be used, or another daemon has
   *     it
   */
  public static Daemon start(
      DaemonSettings settings, Surroundings surroundings, List<Witness> witnesses)
      throws StateDirectoryException {
    return start(settings, surroundings, Optional.empty(), witnesses, SafetyCheck.full());
  }

  /** The same on a VM that is a Node of a cluster; the daemon closes it. */
  public static Daemon start(
      DaemonSettings settings,
      Surroundings surroundings,
      Optional<NodeSide> node,
      List<Witness> witnesses)
      throws StateDirectoryException {
    return start(settings, surroundings, node, witnesses, SafetyCheck.full());
  }

  /** With another check of scripts: tests keep theirs where everybody can write. */
  static Daemon start(
      DaemonSettings settings,
      Surroundings surroundings,
      Optional<NodeSide> node,
      List<Witness> witnesses,
      SafetyCheck check)
      throws StateDirectoryException {
    Daemon daemon = prepare(settings, surroundings, node, witnesses, check);
    daemon.begin();
    return daemon;
  }

  /**
   * Puts a daemon together and starts nothing of it yet: whoever must be able to stop it at any
   * moment has it before anything runs.
   */
  public static Daemon prepare(
      DaemonSettings settings,
      Surroundings surroundings,
      Optional<NodeSide> node,
      List<Witness> witnesses)
      throws StateDirectoryException {
    return prepare(settings, surroundings, node, witnesses, SafetyCheck.full());
  }

  private static Daemon prepare(
      DaemonSettings settings,
      Surroundings surroundings,
      Optional<NodeSide> node,
      List<Witness> witnesses,
      SafetyCheck check)
      throws StateDirectoryException {
    StateDirectory directory = StateDirectory.open(settings.stateDirectory());
    return new Daemon(settings, surroundings, directory, node, witnesses, check);
  }

  /** Starts what was prepared, unless it was closed before. */
  public synchronized void begin() {
    if (closed) {
      return;
    }
    // the fold may want the alarm at once, where the record tells who we are
    alarms.define(this::pollAndSetTheNext, () -> loop.report(new Observation.Tick()));
    node.ifPresent(side -> side.start(loop::report, inside()));
    folding.start();
    alarms.start();
    warming.start();
  }

  private NodeSide.Inside inside() {
    return new NodeSide.Inside() {
      @Override
      public MetadataStatus metadata() {
        return client.status();
      }

      @Override
      public boolean isRecordOnDisk() {
        return loop.diskFault().isEmpty();
      }

      @Override
      public Set<Hook> hooksWithScripts(Watch watch) {
        return hooks.withScripts(watch);
      }
    };
  }

  private void warmUp() {
    List<Runnable> steps =
        List.of(
            () -> WarmUp.withValuesAlone(now()),
            hooks::warmUp,
            () -> node.ifPresent(NodeSide::warmUp));
    for (Runnable step : steps) {
      if (closed) {
        return; // it may be short-lived; a process and a directory that nobody needs stay unmade
      }
      step.run();
    }
  }

  private boolean stillStands(String eventId) {
    synchronized (poller) { // a pause asked for in between counts for both
      if (!alarms.nextPoll().isWithin(pollInterval)) {
        loop.report(new Observation.AcknowledgeUnconfirmed(eventId)); // the service wants its peace
        return false;
      }
      Poller.Confirmation found = poller.confirm(eventId, ordered(eventId));
      alarms.nextPoll().notBefore(found.nextPollIn());
      return found.stands();
    }
  }

  private Optional<ScheduledEvent> ordered(String eventId) {
    return loop.watch().episode().stream()
        .flatMap(episode -> episode.events().stream())
        .map(TrackedEvent::event)
        .filter(event -> event.id().equalsIgnoreCase(eventId))
        .findFirst();
  }

  private Instant now() {
    return surroundings.clock().instant();
  }

  private void pollAndSetTheNext() {
    synchronized (poller) {
      if (!alarms.nextPoll().begins()) {
        return;
      }
      Duration next = pollInterval;
      try {
        next = poller.poll();
      } finally {
        if (!closed) {
          alarms.nextPoll().in(next);
        }
      }
    }
  }

  private void beat() {
    lastBeat.set(surroundings.nanoseconds().getAsLong());
  }

  private void setAlarmsAnew(Duration step) {
    LOG.warn("the clock was stepped by {} s", step.toMillis() / 1000.0);
    alarms.setAnew();
  }

  public Watch watch() {
    return loop.watch();
  }

  /** Why an event of the maintenance is not acknowledged; empty: it may be, or it is. */
  public Optional<String> whyNotAcknowledged(Episode episode, TrackedEvent tracked) {
    return loop.whyNotAcknowledged(episode, tracked);
  }

  public MetadataStatus metadata() {
    return client.status();
  }

  /** Why it is not known which VM this is, so that no event is ours; empty: it is. */
  public Optional<String> unidentified() {
    return loop.watch().machine().isPresent() ? Optional.empty() : identity.missing();
  }

  public Optional<VmFacts> facts() {
    return facts.get();
  }

  /** Why the record is not on disk; empty: all is well. */
  public Optional<String> diskFault() {
    return loop.diskFault();
  }

  /** Since the folding thread was last seen alive. */
  public Duration sinceLastBeat() {
    return Duration.ofNanos(surroundings.nanoseconds().getAsLong() - lastBeat.get());
  }

  public Path stateDirectory() {
    return stateDirectory.path();
  }

  /** Whether it learns of the other VMs of its group by itself, from a cluster's Nodes. */
  public boolean seesItsGroup() {
    return node.filter(NodeSide::seesTheGroup).isPresent();
  }

  /** An operator's command, or anything else learned from outside. */
  public void report(Observation observation) {
    loop.report(observation);
  }

  /**
   * Stops within 5 s. Not a cancellation: scripts are ended without a result, and a daemon started
   * later goes on from the record.
   */
  @Override
  public void close() {
    if (!closeNow()) {
      return;
    }
    loop.stop();
    node.ifPresent(NodeSide::close);
    alarms.close();
    client.close();
    acknowledging.shutdownNow();
    warming.interrupt();
    // it may be about to start a script, which is to be ended as well
    awaitEnd(folding, "the last step takes long: is the disk stuck?");
    hooks.endAll(STOP_GRACE);
    hooks.awaitEnds(LONGEST_STOP);
    awaitEnd(warming, "what is done ahead at the start has not ended yet");
    try {
      stateDirectory.close();
    } catch (IOException e) {
      LOG.warn("the state directory's lock is not given back: {}", e.getMessage());
    }
  }

  private synchronized boolean closeNow() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  private static void awaitEnd(Thread thread, String otherwise) {
    if (thread.getState() == Thread.State.NEW) {
      return; // closed before it began
    }
    try {
      if (!thread.join(LONGEST_LAST_STEP)) {
        LOG.warn("{}", otherwise);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadFactory named(String name) {
    return Thread.ofPlatform().name("drainwatch-" + name).daemon(true).factory();
  }
}
