package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodework.NodeFigures;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.watcher.events.MetadataStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The Node of a cluster that this VM is, as the loop sees it: what is asked for there is done by
 * somebody, here or elsewhere, and what comes of it is reported. On a plain VM there is none.
 */
public interface NodeSide extends AutoCloseable {

  /** What the side of the Node may ask of the daemon. Any thread may. */
  interface Inside {
    MetadataStatus metadata();

    /** Whether the record is on this machine's disk as it stands; else only a Node can keep it. */
    default boolean isRecordOnDisk() {
      return true;
    }

    /** Hooks that have scripts now. Looks at the disk. */
    Set<Hook> hooksWithScripts(Watch watch);
  }

  /** Who counts what is done to pods. Any thread may call. */
  interface Counts {
    Counts NOBODY =
        new Counts() {
          @Override
          public void noted(NodeNote note) {}

          @Override
          public void answered(EvictionAnswer answer) {}
        };

    void noted(NodeNote note);

    /** What came back of an eviction or the deletion of a pod. */
    void answered(EvictionAnswer answer);
  }

  /**
   * Before {@link #start}.
   *
   * @param counts asked for where pods are evicted from here
   */
  default void countedBy(Supplier<Counts> counts) {}

  /** Before the first step. */
  void start(Consumer<Observation> report, Inside inside);

  /**
   * Loads what the first event needs at once, on values of its own: nothing is sent. Takes its
   * time, on a thread of its own.
   */
  default void warmUp() {}

  /**
   * After each step, once its record was tried to be written. Returns at once.
   *
   * @param asked of the step's actions those for the Node: Cordon, StartEvictions, StopEvictions,
   *     Uncordon
   */
  void stepped(Watch watch, List<Action> asked);

  /**
   * After a step that came to nothing but one more valid document, which says the same. Returns at
   * once.
   */
  default void readAgain(Watch watch) {}

  /**
   * The clock was set.
   *
   * @param by forward, or back where negative
   */
  void clockStepped(Duration by);

  /** The metadata service was asked. On the polling thread; returns at once. */
  default void polled() {}

  /** What the Node is called in its cluster. */
  default Optional<String> nodeName() {
    return Optional.empty();
  }

  /** The Node's, as far as it was looked at. */
  default Optional<String> pool() {
    return Optional.empty();
  }

  /** Which VM the Node says it is, for a daemon that the metadata service does not tell. */
  default Optional<String> vmName() {
    return Optional.empty();
  }

  /** Whether it tells of the other VMs of the group by itself, so that nobody else may. */
  default boolean seesTheGroup() {
    return false;
  }

  /**
   * The core wants an acknowledgement to leave the machine.
   *
   * @param send called at most once. Not called where whoever drains the Node does not allow it
   *     yet: then the core is told that it was withheld, and asks again
   */
  default void whenAckable(String eventId, Runnable send) {
    send.run();
  }

  /** An acknowledgement was answered; 0: no answer. */
  default void acknowledged(String eventId, int status) {}

  /** For how long whoever drains the Node has owed an answer; zero: nothing is owed. */
  default Duration unattended() {
    return Duration.ZERO;
  }

  /** How the drain of the Node stands, where it is done from here. Any thread may ask. */
  default NodeFigures figures() {
    return NodeFigures.NONE;
  }

  /** Within a second; the Node stays as it is. */
  @Override
  void close();
}
