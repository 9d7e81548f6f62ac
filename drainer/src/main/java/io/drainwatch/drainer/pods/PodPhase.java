package io.drainwatch.drainer.pods;

import java.util.Arrays;

/** {@code status.phase}. */
public enum PodPhase {
  PENDING("Pending"),
  RUNNING("Running"),
  SUCCEEDED("Succeeded"),
  FAILED("Failed"),
  /** Kubernetes' own word for a pod whose node does not answer. */
  UNKNOWN("Unknown"),
  /** None of Kubernetes' words. */
  UNRECOGNISED("");

  private final String word;

  PodPhase(String word) {
    this.word = word;
  }

  /** By its exact word. */
  public static PodPhase of(String word) {
    return Arrays.stream(values())
        .filter(phase -> phase.word.equals(word))
        .findFirst()
        .orElse(UNRECOGNISED);
  }

  public boolean isFinished() {
    return this == SUCCEEDED || this == FAILED;
  }
}
