package io.drainwatch.drainer.evictions;

import java.time.Duration;

/** Why an eviction is refused, and how patiently it is tried again (table of section 8). */
public enum BlockedCause {
  PDB("pdb", 5, 30),
  /** The budget's controller is behind: the time it gives is the time waited. */
  PDB_PENDING("pdb-pending", 10, 10),
  /** 429 without a cause: priority and fairness, a webhook, KubeVirt migrating. */
  BUSY("busy", 5, 30),
  PDB_STATUS("pdb-status", 30, 30),
  WEBHOOK("webhook", 10, 30),
  MULTI_PDB("multi-pdb", 30, 30),
  UNKNOWN("code", 30, 30);

  private final String word;
  private final Duration first;
  private final Duration longest;

  BlockedCause(String word, int first, int longest) {
    this.word = word;
    this.first = Duration.ofSeconds(first);
    this.longest = Duration.ofSeconds(longest);
  }

  /** For metric labels and messages. */
  public String word() {
    return word;
  }

  /** Whether a disruption budget refuses, or several do. */
  boolean isOfBudgets() {
    return switch (this) {
      case PDB, PDB_PENDING, PDB_STATUS, MULTI_PDB -> true;
      case BUSY, WEBHOOK, UNKNOWN -> false;
    };
  }

  Duration first() {
    return first;
  }

  Duration longest() {
    return longest;
  }
}
