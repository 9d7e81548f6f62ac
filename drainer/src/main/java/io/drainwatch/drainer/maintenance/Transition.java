package io.drainwatch.drainer.maintenance;

import java.util.List;

/** What comes of an observation: the new whole, and what is to be done, in order. */
public record Transition(Watch watch, List<Action> actions) {
  public Transition {
    actions = List.copyOf(actions);
  }
}
