package io.drainwatch.drainer.nodes;

import java.util.Optional;

/** Where inside a state an episode stands (kubernetes-drain.md 3). */
public enum Phase {
  NONE(""),
  WAITING("waiting"),
  HELD("held"),
  SETTLING("settling"),
  EVICTING("evicting"),
  BLOCKED("blocked"),
  DETACHING("detaching"),
  DEADLINE_REACHED("deadline-reached"),
  ACKNOWLEDGING("acknowledging"),
  ACKNOWLEDGED("acknowledged"),
  RECOVERING("recovering");

  private final String word;

  Phase(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  static Optional<Phase> of(String word) {
    for (Phase phase : values()) {
      if (phase.word.equals(word)) {
        return Optional.of(phase);
      }
    }
    return Optional.empty();
  }
}
