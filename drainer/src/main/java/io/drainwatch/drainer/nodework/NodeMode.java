package io.drainwatch.drainer.nodework;

/** Whether we act on a Node or another tool does (kubernetes-drain.md 16). */
public enum NodeMode {
  DRAIN,
  /** Record, Events and metrics; no conditions, nothing touched. */
  OBSERVE,
  /** Record and conditions, for the tool that acts by them; no Events, nothing touched. */
  CONDITION;

  boolean acts() {
    return this == DRAIN;
  }

  boolean writesConditions() {
    return this != OBSERVE;
  }

  boolean tells() {
    return this != CONDITION;
  }
}
