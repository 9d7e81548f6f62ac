package io.drainwatch.drainer.model;

import io.drainwatch.drainer.cluster.NodeReading;
import java.util.function.Consumer;

/** One Node by name. */
final class ModelNodeWatch extends ModelWatch {
  private final String node;
  private final Consumer<NodeReading> listener;

  ModelNodeWatch(ModelApi api, String node, Consumer<NodeReading> listener) {
    super(api, "node " + node);
    this.node = node;
    this.listener = listener;
  }

  @Override
  boolean list() {
    NodeReading reading = api.readNode(node);
    listener.accept(reading);
    return !(reading instanceof NodeReading.Unknown);
  }

  @Override
  void changed(Change change) {
    if (change.latest() instanceof ModelNode changed && changed.name().equals(node)) {
      listener.accept(
          change.after().isPresent()
              ? new NodeReading.Found(changed.facts())
              : new NodeReading.Gone());
    }
  }
}
