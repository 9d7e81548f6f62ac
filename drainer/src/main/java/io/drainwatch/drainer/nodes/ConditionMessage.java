package io.drainwatch.drainer.nodes;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The message of a condition: a sentence, then one per cause in a fixed order with three pods and
 * how many more, so that the same situation always reads the same and is not written again.
 */
final class ConditionMessage {
  private static final int MOST_PODS = 3;
  private static final int MOST_SENTENCE_CHARACTERS = 300;
  private static final Comparator<Cause> ORDER =
      Comparator.comparingInt(Cause::rank).thenComparing(Cause::sentence);

  private ConditionMessage() {}

  static String of(String first, List<Cause> causes) {
    StringBuilder out = new StringBuilder(sentence(first));
    List<Cause> sorted = causes.stream().sorted(ORDER).toList();
    for (int i = 0; i < sorted.size(); i++) {
      String next = " " + told(sorted.get(i));
      String rest = " And " + (sorted.size() - i) + " more causes.";
      boolean isLast = i == sorted.size() - 1;
      int room = NodeCondition.MOST_BYTES - NodeText.bytes(out.toString());
      if (NodeText.bytes(next) + (isLast ? 0 : NodeText.bytes(rest)) > room) {
        return out.append(rest).toString();
      }
      out.append(next);
    }
    return out.toString();
  }

  private static String told(Cause cause) {
    List<String> pods = cause.pods().stream().sorted().toList();
    if (pods.isEmpty()) {
      return sentence(cause.sentence());
    }
    String named =
        pods.stream()
            .limit(MOST_PODS)
            .map(pod -> NodeText.plain(pod, 100))
            .collect(Collectors.joining(", "));
    int more = pods.size() - MOST_PODS;
    return sentence(
        cut(cause.sentence()) + ": " + named + (more > 0 ? " and " + more + " more" : ""));
  }

  private static String sentence(String text) {
    String plain = NodeText.plain(text, 2 * MOST_SENTENCE_CHARACTERS);
    return plain.endsWith(".") || plain.isEmpty() ? plain : plain + ".";
  }

  private static String cut(String text) {
    return NodeText.plain(text, MOST_SENTENCE_CHARACTERS);
  }
}
