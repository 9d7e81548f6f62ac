package io.drainwatch.watcher.drainer;

import io.drainwatch.drainer.cleaning.Cleaner;
import io.drainwatch.drainer.cleaning.CleaningListener;
import io.drainwatch.drainer.cleaning.Rights;
import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.drainer.cluster.LeaderLease;
import io.drainwatch.drainer.cluster.StatefulCluster;
import io.drainwatch.drainer.desk.ThreadDesk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clean-up behind StatefulSets in the drainer's process: on its connection, by its code for
 * Leases, with a Lease, a worker and a leadership of its own. A loss of either Lease leaves the
 * other's work alone.
 */
final class Cleanup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);
  private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

  private final CleanupSettings settings;
  private final String namespace;
  private final InstantSource clock;
  private final StatefulCluster cluster;
  private final ThreadDesk worker;
  private final ThreadDesk asking;
  private final Leadership leadership;
  private final LeaderLease lease;
  private volatile Optional<Rights> rights = Optional.empty();
  private volatile boolean closed;

  Cleanup(
      CleanupSettings settings,
      String namespace,
      FabricCluster connection,
      InstantSource clock,
      CleaningListener listener) {
    this.settings = settings;
    this.namespace = namespace;
    this.clock = clock;
    cluster = connection.stateful();
    worker = new ThreadDesk(1, clock, "drainwatch-clean");
    asking = new ThreadDesk(1, clock, "drainwatch-rights");
    Cleaner cleaner =
        new Cleaner(
            cluster,
            settings.scope(),
            worker,
            clock,
            () -> ThreadLocalRandom.current().nextDouble(),
            this::leads,
            listener);
    leadership = new Leadership(cleaner::start, cleaner::stop, "drainwatch-clean-leader");
    lease = connection.lease(namespace, CleanupSettings.LEASE, settings.holder(), leadership);
  }

  // a loss is heard of a moment later, when a round may be under way
  private boolean leads() {
    return lease.isHeld();
  }

  void begin() {
    LOG.info(
        "clean-up behind StatefulSets of {}: Lease {} in {}, holder {}",
        settings.scope().text(),
        CleanupSettings.LEASE,
        namespace,
        settings.holder());
    asking.run(this::askForRights);
    lease.stand();
  }

  /** Until all are there: one that is granted later needs no restart. */
  private void askForRights() {
    if (closed) {
      return;
    }
    Rights found = Rights.ask(cluster, settings.scope(), namespace, CleanupSettings.LEASE);
    if (!Optional.of(found).equals(rights)) {
      found.missing().forEach(right -> LOG.error("the role does not allow: {}", right));
    }
    rights = Optional.of(found);
    if (!found.areAll()) {
      asking.at(clock.instant().plus(ASK_AGAIN), this::askForRights);
    }
  }

  /** Why it cannot do its work, a sentence; empty: nothing is known against it. */
  Optional<String> objection() {
    return rights
        .filter(found -> !found.missing().isEmpty())
        .map(
            found ->
                "the clean-up behind StatefulSets lacks the rights "
                    + String.join(", ", found.missing().stream().map(Object::toString).toList()));
  }

  LeaderLease lease() {
    return lease;
  }

  /** Nothing begins any more; the Lease is still to be released. */
  void stop() {
    closed = true;
    leadership.close();
  }

  @Override
  public void close() {
    worker.close();
    asking.close();
  }
}
