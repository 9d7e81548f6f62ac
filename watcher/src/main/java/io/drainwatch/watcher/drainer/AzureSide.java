package io.drainwatch.watcher.drainer;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.desk.ThreadDesk;
import io.drainwatch.drainer.fleet.Companion;
import io.drainwatch.drainer.fleet.StandIn;
import io.drainwatch.drainer.nodework.Machines;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.GraphEvents;
import io.drainwatch.watcher.azure.InstanceProtection;
import io.drainwatch.watcher.azure.StandingIn;
import io.drainwatch.watcher.azure.VmQuestions;
import io.drainwatch.watcher.azure.WatcherQuestions;
import io.drainwatch.watcher.metrics.AzureMeters;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the drainer's process asks of Azure, on threads of its own: one that asks after VMs, two
 * that protect instances, one that acknowledges in place of watchers, one that asks Resource Graph.
 * Made only where it is switched on, so that otherwise nothing of it is loaded.
 */
public final class AzureSide implements Outside {
  private static final int PROTECTING_THREADS = 2;

  private final AzureResources azure;
  private final ThreadDesk asking;
  private final Optional<ThreadDesk> protecting;
  private final Optional<ThreadDesk> graph;
  private final Machines machines;
  private final Companion companion;
  private final Optional<ThreadDesk> acknowledging;
  private final Optional<StandIn> standIn;

  public AzureSide(
      AzureChoice choice,
      AzureResources azure,
      Cluster cluster,
      InstantSource clock,
      AzureMeters meters) {
    this.azure = azure;
    asking = new ThreadDesk(1, clock, "drainwatch-azure");
    machines = new VmQuestions(azure, choice.looksPerMinute(), asking, clock, meters::answered);
    protecting =
        choice.protection() != AzureChoice.Protection.UNTOUCHED
            ? Optional.of(new ThreadDesk(PROTECTING_THREADS, clock, "drainwatch-protect"))
            : Optional.empty();
    boolean protects = choice.protection() == AzureChoice.Protection.GIVEN;
    Companion protection =
        protecting
            .<Companion>map(desk -> new InstanceProtection(azure, cluster, desk, clock, protects))
            .orElse(Companion.NONE);
    acknowledging =
        choice.standsIn()
            ? Optional.of(new ThreadDesk(1, clock, "drainwatch-acknowledge"))
            : Optional.empty();
    if (choice.standsIn()) {
      meters.standsIn();
    }
    standIn =
        acknowledging.map(
            desk -> new StandingIn(azure, cluster, desk, clock, meters::acknowledged));
    graph = choice.graphInterval().map(each -> new ThreadDesk(1, clock, "drainwatch-graph"));
    companion =
        graph
            .map(
                desk ->
                    Companion.both(
                        protection,
                        new GraphEvents(
                            azure,
                            choice.graphInterval().orElseThrow(),
                            desk,
                            clock,
                            meters.ofTheGraph(),
                            choice.asksWatchers()
                                ? WatcherQuestions.on(cluster)
                                : WatcherQuestions.NONE)))
            .orElse(protection);
  }

  @Override
  public Machines machines() {
    return machines;
  }

  @Override
  public Companion companion() {
    return companion;
  }

  @Override
  public Optional<StandIn> standIn() {
    return standIn;
  }

  @Override
  public void close() {
    asking.close();
    acknowledging.ifPresent(ThreadDesk::close);
    protecting.ifPresent(ThreadDesk::close);
    graph.ifPresent(ThreadDesk::close);
    azure.close();
  }
}
