package io.drainwatch.drainer.pods;

/** A taint of a node. {@code value} may be empty. */
public record Taint(String key, String value, String effect) {

  /** What Kubernetes itself puts on a cordoned node. */
  static final Taint UNSCHEDULABLE =
      new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule");

  public Taint {
    if (key.isBlank() || effect.isBlank()) {
      throw new IllegalArgumentException("a taint has a key and an effect: '" + key + "'");
    }
  }
}
