package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Watch;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The Node of a cluster that this VM is, as the loop sees it: what is asked for there is done by
 * somebody, here or elsewhere, and what comes of it is reported. On a plain VM there is none.
 */
public interface NodeSide extends AutoCloseable {

  /** Before the first step. */
  void start(Consumer<Observation> report);

  /**
   * After each step, once its record was tried to be written. Returns at once.
   *
   * @param asked of the step's actions those for the Node: Cordon, StartEvictions, StopEvictions,
   *     Uncordon
   */
  void stepped(Watch watch, List<Action> asked);

  /**
   * The clock was set.
   *
   * @param by forward, or back where negative
   */
  void clockStepped(Duration by);

  /**
   * An acknowledgement may leave the machine.
   *
   * @param send called at most once, at once or as soon as whoever drains the Node has no objection
   */
  default void whenAckable(String eventId, Runnable send) {
    send.run();
  }

  /** An acknowledgement was answered; 0: no answer. */
  default void acknowledged(String eventId, int status) {}

  /** Within a second; the Node stays as it is. */
  @Override
  void close();
}
