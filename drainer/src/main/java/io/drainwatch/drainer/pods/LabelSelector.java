package io.drainwatch.drainer.pods;

import java.util.List;
import java.util.Map;

/** Kubernetes' label selector; all of it must hold, and an empty one matches everything. */
public record LabelSelector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {

  public static final LabelSelector EVERYTHING = new LabelSelector(Map.of(), List.of());

  public LabelSelector {
    matchLabels = Map.copyOf(matchLabels);
    matchExpressions = List.copyOf(matchExpressions);
  }

  /** How a label is compared. */
  public enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST
  }

  /** One of {@code matchExpressions}. */
  public record Requirement(String key, Operator operator, List<String> values) {
    public Requirement {
      boolean compares = operator == Operator.IN || operator == Operator.NOT_IN;
      if (key.isBlank() || compares == values.isEmpty()) {
        throw new IllegalArgumentException(
            "label '%s' %s: values are needed with IN and NOT_IN only, given: %s"
                .formatted(key, operator, values));
      }
      values = List.copyOf(values);
    }

    // As in Kubernetes, a label that is not there is "not in".
    private boolean matches(Map<String, String> labels) {
      boolean exists = labels.containsKey(key);
      return switch (operator) {
        case IN -> exists && values.contains(labels.get(key));
        case NOT_IN -> !exists || !values.contains(labels.get(key));
        case EXISTS -> exists;
        case DOES_NOT_EXIST -> !exists;
      };
    }
  }

  public boolean matches(Map<String, String> labels) {
    return labels.entrySet().containsAll(matchLabels.entrySet())
        && matchExpressions.stream().allMatch(each -> each.matches(labels));
  }
}
