package io.drainwatch.drainer.model;

import io.drainwatch.drainer.desk.Desk;
import java.time.Duration;
import java.time.Instant;

/** A desk under the virtual time of a model. */
public final class TimedDesk implements Desk {
  private final ModelCluster cluster;

  public TimedDesk(ModelCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public void run(Runnable work) {
    cluster.in(Duration.ZERO, work);
  }

  @Override
  public void at(Instant moment, Runnable work) {
    Duration wait = Duration.between(cluster.now(), moment);
    cluster.in(wait.isNegative() ? Duration.ZERO : wait, work);
  }
}
