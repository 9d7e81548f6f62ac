package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Watch;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A Node on which nothing is done and of which nothing is told. */
public abstract class SilentNode implements NodeSide {
  @Override
  public void start(Consumer<Observation> report, Inside inside) {}

  @Override
  public void stepped(Watch watch, List<Action> asked) {}

  @Override
  public void clockStepped(Duration by) {}

  @Override
  public void close() {}
}
