package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.evictions.EvictionState;
import io.drainwatch.drainer.nodes.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Why pods are still there, for a condition's message: the same situation reads the same. */
final class Causes {
  private Causes() {}

  static List<Cause> of(NodeDraft draft) {
    List<Cause> causes = new ArrayList<>(of(draft.evicting.state()));
    causes.addAll(Preflighting.predicted(draft));
    List<String> volumes = Detaching.attached(draft);
    if (!volumes.isEmpty()) {
      causes.add(new Cause(0, "volumes are still attached", volumes));
    }
    return causes;
  }

  private static List<Cause> of(EvictionState state) {
    Map<String, List<String>> byWhy = new TreeMap<>();
    for (EvictionState.Left left : state.left()) {
      byWhy.computeIfAbsent(left.why(), why -> new ArrayList<>()).add(left.pod().path());
    }
    List<Cause> causes = new ArrayList<>();
    byWhy.forEach((why, pods) -> causes.add(new Cause(0, why, pods)));
    return causes;
  }
}
