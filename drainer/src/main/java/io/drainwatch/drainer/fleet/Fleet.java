package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.nodework.NodeFigures;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All Nodes of a cluster, for as long as this process leads. A new leadership begins with nothing
 * but what stands on the Nodes; the one that is lost leaves them as they are.
 */
public final class Fleet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

  private final Cluster cluster;
  private final Term.Parts parts;
  private final Companion companion;
  private volatile Optional<Leading> leading = Optional.empty();

  private record Leading(Term term, Cluster.Watching watching) {}

  public Fleet(
      FleetSettings settings,
      Cluster cluster,
      NodeHands.Maker hands,
      Desk desk,
      InstantSource clock,
      FleetListener listener,
      HandOver handOver) {
    this(settings, cluster, hands, desk, clock, listener, handOver, Beside.NOTHING);
  }

  public Fleet(
      FleetSettings settings,
      Cluster cluster,
      NodeHands.Maker hands,
      Desk desk,
      InstantSource clock,
      FleetListener listener,
      HandOver handOver,
      Beside beside) {
    companion = beside.companion();
    this.cluster = cluster;
    parts = new Term.Parts(settings, hands, desk, clock, listener, handOver, beside);
  }

  /** The leadership was gained. */
  public synchronized void start() {
    if (leading.isPresent()) {
      return;
    }
    LOG.info("leading: all Nodes are watched, what their records say is gone on with");
    Term term = new Term(parts);
    tell(true); // before anything is told of a Node
    companion.begins(term::told);
    leading = Optional.of(new Leading(term, cluster.watchNodes(Companion.beside(term, companion))));
  }

  /**
   * The leadership was lost, or is given away: when this returns nothing starts any more, requests
   * under way are given up, and the Nodes stay as they are.
   */
  public synchronized void stop() {
    if (leading.isEmpty()) {
      return;
    }
    leading.get().term().end();
    companion.ends();
    leading.get().watching().close();
    leading = Optional.empty();
    tell(false);
    LOG.info("not leading: the Nodes are left as they are");
  }

  /**
   * The clock was set: all that is counted from it moves along, deadlines of the platform stay.
   *
   * @param by forward, or back where negative
   */
  public synchronized void clockStepped(Duration by) {
    leading.ifPresent(
        each -> {
          each.term().clockStepped(by);
          companion.clockStepped(by);
        });
  }

  private void tell(boolean leads) {
    try {
      parts.listener().leads(leads);
    } catch (RuntimeException e) {
      LOG.error("a report of the leadership failed, the work goes on", e);
    }
  }

  public synchronized boolean isLeading() {
    return leading.isPresent();
  }

  /** Number of Nodes that are looked after. */
  public synchronized int openFolds() {
    return leading.map(each -> each.term().openFolds()).orElse(0);
  }

  /** How the drains of all Nodes stand. */
  public NodeFigures figures() {
    Optional<Leading> now;
    synchronized (this) {
      now = leading;
    }
    return now.map(each -> each.term().figures()).orElse(NodeFigures.NONE);
  }

  /** Waits for nobody, and nobody for it. */
  public FleetSight sight() {
    return leading
        .map(each -> each.term().sight())
        .orElseGet(() -> FleetSight.ofNobody(parts.settings()));
  }

  @Override
  public void close() {
    stop();
  }
}
