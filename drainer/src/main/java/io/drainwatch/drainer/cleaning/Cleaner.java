package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.cluster.StatefulCluster;
import io.drainwatch.drainer.desk.Desk;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clean-up behind StatefulSets, for as long as this process leads. A new leadership begins with
 * nothing but what stands on the objects.
 */
public final class Cleaner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cleaner.class);

  private final StatefulCluster cluster;
  private final Scope scope;
  private final Desk desk;
  private final InstantSource clock;
  private final DoubleSupplier chance;
  private final BooleanSupplier mayLead;
  private final CleaningListener listener;
  private Optional<Term> term = Optional.empty();

  /**
   * @param desk where one piece of work is done at a time: there is one worker
   * @param chance from 0 to 1, for jitter
   * @param mayLead whether we still lead, exactly at that moment: asked before each request, as
   *     {@link #stop} comes a moment after the loss
   */
  public Cleaner(
      StatefulCluster cluster,
      Scope scope,
      Desk desk,
      InstantSource clock,
      DoubleSupplier chance,
      BooleanSupplier mayLead,
      CleaningListener listener) {
    this.cluster = cluster;
    this.scope = scope;
    this.desk = desk;
    this.clock = clock;
    this.chance = chance;
    this.mayLead = mayLead;
    this.listener = listener;
  }

  /** The leadership was gained. */
  public synchronized void start() {
    if (term.isPresent()) {
      return;
    }
    LOG.info("leading the clean-up behind StatefulSets of {}", scope.text());
    listener.leads(true);
    Term begun = new Term(cluster, scope, desk, clock, chance, mayLead, listener);
    term = Optional.of(begun);
    begun.begin();
  }

  /** The leadership was lost, or is given away: no request begins after this has returned. */
  public synchronized void stop() {
    if (term.isEmpty()) {
      return;
    }
    term.get().end();
    term = Optional.empty();
    listener.leads(false);
    LOG.info("not leading the clean-up behind StatefulSets: all is left as it is");
  }

  public synchronized boolean isLeading() {
    return term.isPresent();
  }

  @Override
  public void close() {
    stop();
  }
}
