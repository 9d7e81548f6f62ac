package io.drainwatch.drainer.model;

import io.drainwatch.drainer.cluster.NodeReading;
import java.util.Optional;
import java.util.function.Consumer;

/** One Node by name. */
final class ModelNodeWatch extends ModelWatch {
  private final String node;
  private final Consumer<NodeReading> listener;
  private Optional<NodeReading> told = Optional.empty();

  ModelNodeWatch(ModelApi api, String node, Consumer<NodeReading> listener) {
    super(api, "node " + node);
    this.node = node;
    this.listener = listener;
  }

  @Override
  boolean list() {
    NodeReading reading = api.readNode(node);
    tell(reading);
    return !(reading instanceof NodeReading.Unknown);
  }

  @Override
  void changed(Change change) {
    if (change.latest() instanceof ModelNode changed && changed.name().equals(node)) {
      tell(
          change.after().isPresent()
              ? new NodeReading.Found(changed.facts())
              : new NodeReading.Gone());
    }
  }

  private void tell(NodeReading reading) {
    if (told.filter(reading::equals).isEmpty()) {
      told = Optional.of(reading);
      listener.accept(reading);
    }
  }
}
