package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.nodes.NodeFacts;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One Node by its name: read, then watched. Not listed, which a watcher may not. While it cannot be
 * read, or is gone, it is read again and again.
 */
final class NodeWatch extends WatchLoop {
  private final Supplier<NodeReading> read;
  private final Consumer<NodeReading> listener;
  private Optional<NodeReading> told = Optional.empty();

  NodeWatch(
      Wire wire,
      String node,
      WatchTimes times,
      Supplier<NodeReading> read,
      Consumer<NodeReading> listener) {
    super(wire, "/api/v1/nodes", "metadata.name=" + node, times);
    this.read = read;
    this.listener = listener;
  }

  @Override
  Optional<String> look() {
    NodeReading reading = read.get();
    locked(() -> tell(reading));
    return reading instanceof NodeReading.Found(NodeFacts node)
        ? Optional.of(node.resourceVersion())
        : Optional.empty();
  }

  @Override
  void event(WatchStream.Event event) {
    if (event.type().equals("DELETED")) {
      tell(new NodeReading.Gone());
    } else {
      NodeReader.read(event.object()).map(NodeReading.Found::new).ifPresent(this::tell);
    }
  }

  private void tell(NodeReading reading) {
    if (!told.equals(Optional.of(reading))) {
      told = Optional.of(reading);
      listener.accept(reading);
    }
  }
}
