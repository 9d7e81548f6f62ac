package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.cluster.AttachmentListing;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.nodework.NodeObservation;
import java.util.List;

/** What a process hears of the server. */
sealed interface Reply {
  /**
   * @param asked and not by the watch
   */
  record Node(NodeReading reading, boolean asked) implements Reply {}

  record Written(WriteAnswer answer) implements Reply {}

  record Listed(PodListing listing) implements Reply {}

  record Attached(AttachmentListing listing) implements Reply {}

  record Tried(List<NodeObservation.Trial> trials) implements Reply {}

  record Answered(EvictionRequest.ForPod request, EvictionAnswer answer) implements Reply {}

  record Pods(PodsSeen seen) implements Reply {}

  /** As the work on a Node takes it. */
  default NodeObservation observed() {
    return switch (this) {
      case Node(var reading, boolean asked) -> new NodeObservation.NodeRead(reading, asked);
      case Written(var answer) -> new NodeObservation.Written(answer);
      case Listed(var listing) -> new NodeObservation.Listed(listing);
      case Attached(var listing) -> new NodeObservation.Attachments(listing);
      case Tried(var trials) -> new NodeObservation.Tried(trials);
      case Answered(var request, var answer) ->
          new NodeObservation.Answered(request.pod().uid(), request.attempt(), answer, 0.5);
      case Pods(var seen) -> new NodeObservation.Pods(seen, true);
    };
  }
}
