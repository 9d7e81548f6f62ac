package io.drainwatch.drainer.model;

import io.drainwatch.drainer.nodes.NodeTaint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The controller that keeps a taint beside each cordon: a foreign write on the Node a moment after
 * ours, so that the version we know is stale.
 */
final class NodeController {
  private static final String NO_SCHEDULE = "NoSchedule";

  private final Store store;
  private final Timeline time;
  private final Stamps stamps;
  private Duration lag = Duration.ofMillis(100);

  NodeController(Store store, Timeline time, Stamps stamps) {
    this.store = store;
    this.time = time;
    this.stamps = stamps;
    store.listen(
        change -> {
          if (change.after().isPresent()
              && change.latest() instanceof ModelNode node
              && isOff(node)) {
            time.in(
                lag,
                () -> store.node(node.name()).filter(NodeController::isOff).ifPresent(this::set));
          }
        });
  }

  void lag(Duration other) {
    lag = other;
  }

  private static boolean isOff(ModelNode node) {
    return node.unschedulable() != node.hasTaint(ModelNode.UNSCHEDULABLE_TAINT);
  }

  private void set(ModelNode node) {
    List<NodeTaint> taints = new ArrayList<>(node.taints());
    if (node.unschedulable()) {
      taints.add(
          new NodeTaint(
              ModelNode.UNSCHEDULABLE_TAINT,
              "",
              NO_SCHEDULE,
              Optional.of(stamps.server().toString())));
    } else {
      taints.removeIf(each -> each.key().equals(ModelNode.UNSCHEDULABLE_TAINT));
    }
    store.put(node.withSpec(node.unschedulable(), taints));
  }
}
