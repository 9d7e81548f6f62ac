package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Summary;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The maintenances that this process saw end, the newest {@value #MOST}; the others are forgotten.
 * They outlast a lost leadership, for they are true all the same, but not the process: what stands
 * on Nodes does. Any thread may ask.
 */
public final class FinishedRing implements FleetListener {
  static final int MOST = 200;

  // under the lock, which nobody holds for longer than a few of these take
  private final Deque<Finished> newestFirst = new ArrayDeque<>();
  private final Map<String, String> pools = new HashMap<>();

  public synchronized List<Finished> newestFirst() {
    return List.copyOf(newestFirst);
  }

  @Override
  public synchronized void leads(boolean leading) {
    pools.clear();
  }

  @Override
  public synchronized void stands(
      String node, String pool, Optional<Episode> episode, Instant now) {
    if (episode.isPresent()) {
      pools.put(node, pool);
    } else {
      pools.remove(node);
    }
  }

  @Override
  public synchronized void summarized(String node, Summary summary, EpisodeEnd ending) {
    newestFirst.addFirst(Finished.seen(node, pools.getOrDefault(node, ""), summary, ending));
    if (newestFirst.size() > MOST) {
      newestFirst.removeLast();
    }
  }
}
