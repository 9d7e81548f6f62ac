package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.nodes.NodeFacts;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All Nodes. Of each only the version that was told last is kept here. */
final class NodesWatch extends WatchLoop {
  private static final Logger LOG = LoggerFactory.getLogger(NodesWatch.class);
  private static final Duration LONGEST_LIST = Duration.ofSeconds(60);

  private final Lists<NodeFacts> lists;
  private final Cluster.NodeListener listener;
  private final Map<String, String> versions = new HashMap<>();

  NodesWatch(Wire wire, Lists<NodeFacts> lists, WatchTimes times, Cluster.NodeListener listener) {
    super(wire, lists.path(), lists.selector(), times);
    this.lists = lists;
    this.listener = listener;
  }

  @Override
  Optional<String> look() {
    return switch (lists.read(LONGEST_LIST)) {
      case Listing.Complete<NodeFacts> complete -> {
        locked(() -> replace(complete));
        yield Optional.of(complete.version());
      }
      case Listing.Failed<NodeFacts> failed -> {
        LOG.info("The Nodes stay as last seen: {}", failed.why());
        yield Optional.empty();
      }
    };
  }

  private void replace(Listing.Complete<NodeFacts> complete) {
    Set<String> gone = new HashSet<>(versions.keySet());
    complete.items().forEach(node -> gone.remove(node.name()));
    gone.forEach(this::isGone);
    complete.items().forEach(this::is);
  }

  @Override
  void event(WatchStream.Event event) {
    JsonNode object = event.object();
    if (event.type().equals("DELETED")) {
      isGone(object.path("metadata").path("name").asText(""));
    } else {
      NodeReader.read(object).ifPresent(this::is);
    }
  }

  private void is(NodeFacts node) {
    if (!node.resourceVersion().equals(versions.put(node.name(), node.resourceVersion()))) {
      listener.is(node);
    }
  }

  private void isGone(String name) {
    if (versions.remove(name) != null) {
      listener.isGone(name);
    }
  }
}
