package io.drainwatch.watcher.fleetpage;

import java.time.Duration;
import java.util.Optional;

/**
 * Who this process is to the fleet.
 *
 * @param holder who it is in the Lease
 * @param leader who leads by the Lease as it was read last, where that is another one
 * @param namespace of the Lease
 * @param silence since the API server served it; empty: not yet
 */
public record Replica(
    String holder, Optional<String> leader, String namespace, Optional<Duration> silence) {

  /** What is shown may be old. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  boolean isOld() {
    return silence.map(each -> each.compareTo(LONGEST_SILENCE) > 0).orElse(true);
  }

  /** The pod of a holder's name. */
  static String podOf(String holder) {
    int slash = holder.indexOf('/');
    return slash < 0 ? holder : holder.substring(0, slash);
  }
}
