package io.drainwatch.drainer.nodes;

import java.util.List;

/**
 * One cause why pods are still there, for a condition's message.
 *
 * @param rank causes are told in this order, whatever the order they came in
 * @param sentence without the full stop, such as {@code blocked by the budget shop/web}
 * @param pods namespace/name
 */
public record Cause(int rank, String sentence, List<String> pods) {
  public Cause {
    pods = List.copyOf(pods);
  }
}
