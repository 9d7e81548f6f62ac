package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.relay.GraphWord;
import java.time.Duration;

/**
 * Whoever does something for Nodes beside their drain, while this process leads: told of all Nodes,
 * first of those that exist. Nothing waits for it.
 */
public interface Companion extends Cluster.NodeListener {
  Companion NONE =
      new Companion() {
        @Override
        public void begins() {}

        @Override
        public void is(NodeFacts node) {}

        @Override
        public void isGone(String name) {}

        @Override
        public void ends() {}
      };

  /** The leadership was gained. */
  void begins();

  /**
   * The same, for one that has something to tell of Nodes; what it tells later than {@link #ends}
   * is not heard.
   */
  default void begins(Hearing hearing) {
    begins();
  }

  /** The clock was set by so much. */
  default void clockStepped(Duration by) {}

  /** Who is told what is known of a Node from outside; from any thread. */
  @FunctionalInterface
  interface Hearing {
    /**
     * @param node as seen last
     */
    void told(NodeFacts node, GraphWord word);
  }

  /** Tells both, in this order. */
  static Companion both(Companion first, Companion second) {
    return new Companion() {
      @Override
      public void begins() {
        first.begins();
        second.begins();
      }

      @Override
      public void begins(Hearing hearing) {
        first.begins(hearing);
        second.begins(hearing);
      }

      @Override
      public void clockStepped(Duration by) {
        first.clockStepped(by);
        second.clockStepped(by);
      }

      @Override
      public void is(NodeFacts node) {
        first.is(node);
        second.is(node);
      }

      @Override
      public void isGone(String name) {
        first.isGone(name);
        second.isGone(name);
      }

      @Override
      public void ends() {
        first.ends();
        second.ends();
      }
    };
  }

  /** It was lost: nothing starts any more, and nothing is written on a Node. */
  void ends();

  /** Tells both; the companion second. */
  static Cluster.NodeListener beside(Cluster.NodeListener first, Companion companion) {
    return new Cluster.NodeListener() {
      @Override
      public void is(NodeFacts node) {
        first.is(node);
        companion.is(node);
      }

      @Override
      public void isGone(String name) {
        first.isGone(name);
        companion.isGone(name);
      }
    };
  }
}
