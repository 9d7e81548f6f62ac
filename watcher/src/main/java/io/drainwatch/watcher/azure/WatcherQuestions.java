package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.RecordPatches;
import java.util.Optional;

/** Asks the watcher of a Node, on the Node, whether it is there. Blocks for a request or three. */
@FunctionalInterface
public interface WatcherQuestions {
  /** In dry-run nothing is written, so nobody is asked, and nobody is called silent. */
  WatcherQuestions NONE = (node, question) -> false;

  /**
   * @param question empty: what was asked is taken back
   * @return whether it stands on the Node as it should
   */
  boolean ask(NodeFacts node, Optional<String> question);

  static WatcherQuestions on(Cluster cluster) {
    return (node, question) -> {
      WriteAnswer answer = cluster.patchNode(node.name(), RecordPatches.asking(node, question));
      if (answer instanceof WriteAnswer.Conflict
          && cluster.readNode(node.name()) instanceof NodeReading.Found(NodeFacts now)
          && now.uid().equals(node.uid())) {
        answer = cluster.patchNode(node.name(), RecordPatches.asking(now, question));
      }
      return answer instanceof WriteAnswer.Done;
    };
  }
}
