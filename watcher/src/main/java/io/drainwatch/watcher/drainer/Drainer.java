package io.drainwatch.watcher.drainer;

import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.cluster.LeaderLease;
import io.drainwatch.drainer.desk.ThreadDesk;
import io.drainwatch.drainer.fleet.ActorHands;
import io.drainwatch.drainer.fleet.Beside;
import io.drainwatch.drainer.fleet.Finished;
import io.drainwatch.drainer.fleet.FinishedRing;
import io.drainwatch.drainer.fleet.Fleet;
import io.drainwatch.drainer.fleet.FleetListener;
import io.drainwatch.drainer.fleet.FleetSight;
import io.drainwatch.drainer.fleet.HandOver;
import io.drainwatch.drainer.fleet.LeaseHandOver;
import io.drainwatch.drainer.fleet.OtherReplica;
import io.drainwatch.drainer.fleet.PaperFold;
import io.drainwatch.watcher.daemon.ClockWatch;
import io.drainwatch.watcher.metrics.CountedRequests;
import io.drainwatch.watcher.metrics.FleetMetrics;
import io.drainwatch.watcher.notify.FleetNotices;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of form {@code controller}: stands for the Lease, and drains the cluster's Nodes
 * while it holds it. Where that is switched on, it cleans up behind StatefulSets too, and asks
 * Azure about VMs.
 */
public final class Drainer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Drainer.class);
  private static final int FOLDING_THREADS = 4;

  /** Drains on paper, until the compiler has had most of it. */
  private static final int WARM = 20;

  /** Patched on trial to be awake; no Node can have this name. */
  private static final String NO_NODE = "drainwatch..rehearses";

  private static final Duration BEAT = Duration.ofSeconds(5);

  /**
   * For so long a wait may be wrong after the clock was set (K47). Until then time goes on for all
   * parts as if it had not been.
   */
  private static final Duration LOOK_AT_THE_CLOCK = Duration.ofSeconds(1);

  /** What is left of the 5 s of a stop, when all else has been stopped. */
  private static final Duration LONGEST_RELEASE = Duration.ofSeconds(2);

  private final DrainerSettings settings;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final ClockWatch clockWatch;
  private final FleetMetrics metrics;
  private final FabricCluster cluster;
  private final ThreadDesk desk;
  private final Fleet fleet;
  private final Leadership leadership;
  private final LeaderLease lease;
  private final HandOver handOver;
  private final Optional<Cleanup> cleanup;
  private final Optional<FleetNotices> notices;
  private final FinishedRing finished = new FinishedRing();
  private final Outside outside;
  private volatile long beatAt;

  /**
   * Nothing is sent before {@link #begin}.
   *
   * @param nanos monotonic, as {@link System#nanoTime}
   * @throws IllegalArgumentException the API server's address cannot be found out
   */
  public Drainer(
      DrainerSettings settings, InstantSource clock, LongSupplier nanos, FleetMetrics metrics) {
    this(settings, clock, nanos, metrics, Outside.Maker.NOTHING);
  }

  /** Tells nobody. */
  public Drainer(
      DrainerSettings settings,
      InstantSource clock,
      LongSupplier nanos,
      FleetMetrics metrics,
      Outside.Maker maker) {
    this(settings, clock, nanos, metrics, maker, Optional.empty());
  }

  /**
   * @param maker of what is done outside of the cluster
   * @param notices tells people; begun and closed with this
   */
  public Drainer(
      DrainerSettings settings,
      InstantSource clock,
      LongSupplier nanos,
      FleetMetrics metrics,
      Outside.Maker maker,
      Optional<FleetNotices> notices) {
    this.settings = settings;
    this.notices = notices;
    this.clock = clock;
    this.nanos = nanos;
    clockWatch = new ClockWatch(clock, nanos);
    this.metrics = metrics;
    beatAt = nanos.getAsLong();
    cluster = FabricCluster.connect(settings.connection(), clockWatch);
    desk = new ThreadDesk(FOLDING_THREADS, clockWatch);
    outside = maker.on(cluster, clockWatch, metrics);
    fleet =
        new Fleet(
            settings.fleet(),
            cluster,
            new ActorHands(
                settings.work(),
                new CountedRequests(cluster, metrics::answered),
                clockWatch,
                () -> ThreadLocalRandom.current().nextDouble(),
                outside.machines()),
            desk,
            clockWatch,
            listeners(),
            this::handOver,
            new Beside(
                outside.companion(), outside.standIn(), settings.holder(), this::holdsItsLease));
    metrics.drainsAsBy(fleet::figures);
    leadership = new Leadership(fleet::start, fleet::stop, "drainwatch-leader");
    lease = cluster.lease(settings.namespace(), settings.lease(), settings.holder(), leadership);
    handOver =
        new LeaseHandOver(
            lease,
            new OtherReplica(
                settings.podUid(),
                () -> cluster.listPodsIn(settings.namespace()),
                cluster::readNode),
            desk,
            clockWatch);
    cleanup =
        settings
            .cleanup()
            .map(
                each ->
                    new Cleanup(
                        each, settings.namespace(), cluster, clock, metrics.ofTheCleanup()));
  }

  private FleetListener listeners() {
    FleetListener always = new BothListeners(metrics, finished);
    return notices.<FleetListener>map(each -> new BothListeners(always, each)).orElse(always);
  }

  /** From here on it may lead. */
  public void begin() {
    LOG.info(
        "drainer, form controller: namespace {}, Lease {}, holder {}",
        settings.namespace(),
        settings.lease(),
        settings.holder());
    notices.ifPresent(FleetNotices::begin);
    leadership.every(LOOK_AT_THE_CLOCK, this::lookAtTheClock);
    leadership.every(BEAT, this::beat);
    lease.stand();
    cleanup.ifPresent(Cleanup::begin);
    Thread.ofPlatform().daemon().name("drainwatch-warm-up").start(this::warmUp);
  }

  private boolean holdsItsLease() {
    return lease.isHeld();
  }

  private void warmUp() {
    for (int i = 0; i < WARM; i++) {
      PaperFold.drain(settings.work().settings(), clock.instant());
    }
    if (settings.work().settings().writes()) {
      cluster.rehearsePatch(NO_NODE);
    }
  }

  private void lookAtTheClock() {
    clockWatch
        .look()
        .step()
        .ifPresent(
            by -> {
              LOG.warn("the clock was stepped by {} s", by.toMillis() / 1000.0);
              fleet.clockStepped(by);
            });
  }

  // asks the fleet something, so that one that hangs under its lock is noticed too
  private void beat() {
    desk.run(
        () -> {
          fleet.openFolds();
          beatAt = nanos.getAsLong();
        });
  }

  private boolean handOver() {
    boolean given = handOver.resign();
    LOG.info(
        given
            ? "our own Node is to be drained: another replica leads first"
            : "our own Node is to be drained, and no other replica is ready to lead");
    return given;
  }

  /** Since the threads that fold, and the one that follows the Lease, were seen at work. */
  public Duration sinceLastBeat() {
    return Duration.ofNanos(nanos.getAsLong() - beatAt);
  }

  /** Since the API server served us; empty: not yet. */
  public Optional<Duration> sinceLastAnswer() {
    return cluster.sinceLastAnswer();
  }

  public boolean isLeading() {
    return fleet.isLeading();
  }

  /** All Nodes as they are seen now; nobody waits for it. */
  public FleetSight sight() {
    return fleet.sight();
  }

  /** The maintenances that this process saw end, the newest first. */
  public List<Finished> finished() {
    return finished.newestFirst();
  }

  /** Who leads by the Lease as it was read last, where that is another one. */
  public Optional<String> otherLeader() {
    return lease.otherHolder();
  }

  public DrainerSettings settings() {
    return settings;
  }

  /** By the clock that all of it goes by. */
  public Instant now() {
    return clockWatch.instant();
  }

  /** Why a part of the work cannot be done, though the API server serves us; empty: it can. */
  public Optional<String> objection() {
    return cleanup.flatMap(Cleanup::objection);
  }

  public FleetMetrics metrics() {
    return metrics;
  }

  /** Within some 2 s, whatever the API server does; the Nodes stay as they are. */
  @Override
  public void close() {
    leadership.close();
    notices.ifPresent(FleetNotices::close);
    cleanup.ifPresent(Cleanup::stop);
    releaseLeases();
    cleanup.ifPresent(Cleanup::close);
    outside.close();
    desk.close();
    cluster.close();
  }

  // one that is not given back runs out after 15 s
  private void releaseLeases() {
    Thread drain = releasing(lease);
    Optional<Thread> clean = cleanup.map(each -> releasing(each.lease()));
    try {
      boolean isDone = drain.join(LONGEST_RELEASE);
      if (clean.isPresent()) {
        isDone &= clean.get().join(isDone ? LONGEST_RELEASE : Duration.ofMillis(1));
      }
      if (!isDone) {
        LOG.info("a Lease is left to run out");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread releasing(LeaderLease lease) {
    return Thread.ofPlatform().daemon().name("drainwatch-release").start(lease::close);
  }
}
