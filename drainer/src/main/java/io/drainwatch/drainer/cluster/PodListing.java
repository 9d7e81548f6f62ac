package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.pods.PodFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What came of listing a Node's pods. */
public sealed interface PodListing {

  /**
   * All of them.
   *
   * @param begun by our clock
   * @param ended by our clock
   * @param serverNow by the API server's clock (the answer's {@code Date}), to be compared with the
   *     pods' own moments (K46)
   */
  record Complete(List<PodFacts> pods, Instant begun, Instant ended, Instant serverNow)
      implements PodListing {
    public Complete {
      pods = List.copyOf(pods);
    }
  }

  /**
   * Not complete, so not used (K39, K40).
   *
   * @param retryAfter how long the server asks us to wait; zero: it does not (K32)
   */
  record Failed(String why, Duration retryAfter) implements PodListing {
    public Failed(String why) {
      this(why, Duration.ZERO);
    }
  }
}
