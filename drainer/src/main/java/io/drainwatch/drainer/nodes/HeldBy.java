package io.drainwatch.drainer.nodes;

import java.util.Optional;

/** Why a drain that could begin or go on does not. */
public enum HeldBy {
  NOTHING("none"),
  BUDGET("Budget"),
  WINDOW("Window"),
  FOREIGN_UNCORDON("ForeignUncordon");

  private final String word;

  HeldBy(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  static Optional<HeldBy> of(String word) {
    for (HeldBy held : values()) {
      if (held.word.equals(word)) {
        return Optional.of(held);
      }
    }
    return Optional.empty();
  }
}
