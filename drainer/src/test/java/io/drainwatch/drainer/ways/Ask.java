package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.nodes.ConditionPatch;
import io.drainwatch.drainer.nodes.NodePatch;
import java.util.List;

/** What is under way between a process and the server; done and answered in one step. */
sealed interface Ask {
  record ReadNode() implements Ask {}

  record Patch(NodePatch patch) implements Ask {}

  record Conditions(ConditionPatch patch) implements Ask {}

  record ListPods() implements Ask {}

  record ListAttachments() implements Ask {}

  record TryEvictions(List<EvictablePod> pods) implements Ask {}

  record Send(EvictionRequest.ForPod request) implements Ask {}

  /** The watch of the Node tells how it stands when it tells. */
  record NodeNews() implements Ask {}

  /** The watch of its pods. */
  record PodNews() implements Ask {}

  /** Whether somebody who dies before the answer may have had an effect all the same. */
  default boolean isAnEffect() {
    return this instanceof Patch || this instanceof Conditions || this instanceof Send;
  }

  /**
   * @param process who is told
   */
  record UnderWay(String process, Ask ask) {
    @Override
    public String toString() {
      return process + " " + name();
    }

    private String name() {
      return switch (ask) {
        case Send(EvictionRequest.ForPod request) ->
            request.getClass().getSimpleName() + " " + request.pod().name();
        case Patch(NodePatch patch) ->
            "Patch "
                + patch.annotations().keySet()
                + patch.unschedulable().map(to -> to ? " cordon" : " uncordon").orElse("");
        default -> ask.getClass().getSimpleName();
      };
    }
  }
}
