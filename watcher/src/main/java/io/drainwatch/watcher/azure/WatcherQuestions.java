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
  WatcherQuestions NONE = (node, question) -> Written.NO_ANSWER;

  /**
   * @param question empty: what was asked is taken back
   */
  Written ask(NodeFacts node, Optional<String> question);

  /** What came of it. */
  enum Written {
    /** It stands on the Node as it should. */
    YES,
    /** Not on this one, which says nothing of the others. */
    REFUSED,
    /** The API server does not answer, or is too busy: the others need not be tried now. */
    NO_ANSWER
  }

  static WatcherQuestions on(Cluster cluster) {
    return (node, question) -> {
      WriteAnswer answer = cluster.patchNode(node.name(), RecordPatches.asking(node, question));
      if (answer instanceof WriteAnswer.Conflict
          && cluster.readNode(node.name()) instanceof NodeReading.Found(NodeFacts now)
          && now.uid().equals(node.uid())) {
        answer = cluster.patchNode(node.name(), RecordPatches.asking(now, question));
      }
      return switch (answer) {
        case WriteAnswer.Done done -> Written.YES;
        case WriteAnswer.Refused(int status, String why) when status == 429 || status >= 500 ->
            Written.NO_ANSWER;
        case WriteAnswer.Unclear unclear -> Written.NO_ANSWER;
        case WriteAnswer.Conflict conflict -> Written.REFUSED;
        case WriteAnswer.Gone gone -> Written.REFUSED;
        case WriteAnswer.Refused refused -> Written.REFUSED;
      };
    };
  }
}
