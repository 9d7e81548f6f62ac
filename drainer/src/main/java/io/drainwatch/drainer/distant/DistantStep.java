package io.drainwatch.drainer.distant;

import java.util.List;

/** What comes of an observation. */
public record DistantStep(DistantState state, List<DistantAction> actions) {
  public DistantStep {
    actions = List.copyOf(actions);
  }
}
