package io.drainwatch.drainer.maintenance;

/** Who caused an event. */
public enum EventSource {
  PLATFORM("Platform"),
  USER("User"),
  /** {@code drainwatch drain}: an episode asked for on this machine; nothing to acknowledge. */
  OPERATOR("Operator"),
  /**
   * A condition of the Node, read where the metadata service is out of reach (kubernetes-drain.md
   * 16): there is nothing to acknowledge with.
   */
  NODE_CONDITION("NodeCondition"),
  /**
   * Azure Resource Graph, asked by the drainer where a watcher is silent or its metadata service
   * out of reach: nobody on the machine could acknowledge it.
   */
  RESOURCE_GRAPH("ResourceGraph"),
  UNKNOWN("unknown");

  private final String word;

  EventSource(String word) {
    this.word = word;
  }

  /** Whether the metadata service told of it, so that its documents alone say that it is over. */
  public boolean isOfTheService() {
    return this == PLATFORM || this == USER || this == UNKNOWN;
  }

  public String word() {
    return word;
  }
}
