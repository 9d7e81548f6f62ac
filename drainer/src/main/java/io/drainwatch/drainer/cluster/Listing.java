package io.drainwatch.drainer.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What came of listing objects, all pages of it. */
sealed interface Listing<T> {

  /**
   * @param version of the list: a watch from there misses nothing
   * @param begun of the page that fixed the version, by our clock
   * @param serverNow by the server's clock; ours if it does not tell
   */
  record Complete<T>(List<T> items, String version, Instant begun, Instant ended, Instant serverNow)
      implements Listing<T> {
    public Complete {
      items = List.copyOf(items);
    }
  }

  /**
   * @param status of HTTP, if that was it
   * @param retryAfter how long the server asks us to wait; zero: it does not
   */
  record Failed<T>(Optional<Integer> status, String why, Duration retryAfter)
      implements Listing<T> {}
}
