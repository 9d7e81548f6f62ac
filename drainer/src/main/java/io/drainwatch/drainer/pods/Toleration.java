package io.drainwatch.drainer.pods;

/** A toleration of a pod, its fields as given; what is not given is empty. */
public record Toleration(String key, String operator, String value, String effect) {

  /** As the scheduler judges it. An operator that is not known tolerates nothing. */
  boolean tolerates(Taint taint) {
    if (!effect.isEmpty() && !effect.equals(taint.effect())) {
      return false;
    }
    return switch (operator) {
      case "Exists" -> key.isEmpty() || key.equals(taint.key());
      case "", "Equal" -> key.equals(taint.key()) && value.equals(taint.value());
      default -> false;
    };
  }
}
