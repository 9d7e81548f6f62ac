package io.drainwatch.drainer.nodes;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One strategic merge patch of a Node's metadata and spec, conditional on the version it was made
 * from: a 409 means read and decide again. An empty value removes the key.
 *
 * @param taints the whole list: taints have no merge key, a patch replaces them all. Nobody's is
 *     lost, because the list is that of the very version
 */
public record NodePatch(
    String resourceVersion,
    SortedMap<String, Optional<String>> annotations,
    SortedMap<String, Optional<String>> labels,
    Optional<Boolean> unschedulable,
    Optional<List<NodeTaint>> taints) {

  public NodePatch {
    if (resourceVersion.isBlank()) {
      throw new IllegalArgumentException("a patch is conditional on a version");
    }
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    taints = taints.map(List::copyOf);
    long writers =
        annotations.keySet().stream().map(NodeKeys::writerOfAnnotation).distinct().count();
    boolean ofWatcher = annotations.containsKey(NodeKeys.OBSERVATION);
    if (writers > 1
        || annotations.keySet().stream()
            .anyMatch(key -> NodeKeys.writerOfAnnotation(key) == NodeKeys.Writer.NOBODY)
        || (ofWatcher && (!labels.isEmpty() || unschedulable.isPresent() || taints.isPresent()))) {
      throw new IllegalArgumentException(
          "each key has one writer, and the watcher writes one key: " + annotations.keySet());
    }
  }

  static NodePatch of(NodeFacts node, Map<String, Optional<String>> annotations) {
    return new NodePatch(
        node.resourceVersion(),
        new TreeMap<>(annotations),
        new TreeMap<>(),
        Optional.empty(),
        Optional.empty());
  }

  NodePatch withUnschedulable(boolean value) {
    return new NodePatch(resourceVersion, annotations, labels, Optional.of(value), taints);
  }

  NodePatch withTaints(List<NodeTaint> all) {
    return new NodePatch(resourceVersion, annotations, labels, unschedulable, Optional.of(all));
  }

  NodePatch withLabel(String key, Optional<String> value) {
    SortedMap<String, Optional<String>> more = new TreeMap<>(labels);
    more.put(key, value);
    return new NodePatch(resourceVersion, annotations, more, unschedulable, taints);
  }

  NodePatch withAnnotation(String key, Optional<String> value) {
    SortedMap<String, Optional<String>> more = new TreeMap<>(annotations);
    more.put(key, value);
    return new NodePatch(resourceVersion, more, labels, unschedulable, taints);
  }

  /** With these annotations beside its own. */
  public NodePatch with(Map<String, String> more) {
    SortedMap<String, Optional<String>> all = new TreeMap<>(annotations);
    more.forEach((key, value) -> all.put(key, Optional.of(value)));
    return new NodePatch(resourceVersion, all, labels, unschedulable, taints);
  }
}
