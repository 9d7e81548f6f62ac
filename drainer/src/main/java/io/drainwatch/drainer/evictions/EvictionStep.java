package io.drainwatch.drainer.evictions;

import java.util.List;

/** What comes of an observation: the new whole, what is to be sent, what is to be told. */
public record EvictionStep(
    EvictionState state, List<EvictionRequest> requests, List<EvictionNotice> notices) {
  public EvictionStep {
    requests = List.copyOf(requests);
    notices = List.copyOf(notices);
  }
}
