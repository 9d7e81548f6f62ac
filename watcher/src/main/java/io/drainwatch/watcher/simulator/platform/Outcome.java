package io.drainwatch.watcher.simulator.platform;

import java.util.List;

/** What came of an order. */
public sealed interface Outcome {

  /**
   * Carried out.
   *
   * @param changes in the order they happened
   */
  record Done(SimulatedPlatform platform, List<SimulatedChange> changes) implements Outcome {
    public Done {
      changes = List.copyOf(changes);
    }
  }

  /** No event of this id or name is in the document. */
  record Unknown(String event) implements Outcome {}

  /** The event is not where this could be done to it. */
  record Impossible(String why) implements Outcome {}
}
