package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.relay.LostWatcher;
import java.util.Optional;

/** Whoever acknowledges from outside, in place of watchers that are gone. */
public interface StandIn {
  /** Nobody does. */
  Optional<StandIn> NOBODY = Optional.empty();

  /**
   * Writes down on the Node what is about to be sent, sends it, writes down the answer. Any thread
   * may call; returns at once.
   */
  void acknowledge(Order order);

  /** One acknowledgement, for one version of the Node. */
  interface Order {
    LostWatcher.Send send();

    /** Who sends it. */
    String holder();

    /**
     * This process still holds its Lease, still sees the Node empty, and so are those of all other
     * VMs that the event names; asked right before it leaves, each time.
     */
    boolean mayLeave();

    /** This process still leads: otherwise nothing is written any more. */
    boolean leads();

    /** Nothing of it is under way any more. Called once. */
    void over();
  }
}
