package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.nodes.NodeFacts;

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
