package io.drainwatch.drainer.maintenance;

/** What is done about an event, each more than the one before. */
public enum PolicyAction {
  IGNORE,
  OBSERVE,
  CORDON,
  DRAIN;

  public boolean takesOutOfService() {
    return this == CORDON || this == DRAIN;
  }
}
