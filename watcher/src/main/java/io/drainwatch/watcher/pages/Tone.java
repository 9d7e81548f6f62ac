package io.drainwatch.watcher.pages;

import java.util.Locale;

/** How a badge looks; what it says stands in it, never in its colour alone. */
public enum Tone {
  /** In service, over, nothing to do. */
  CALM,
  /** Announced. */
  PLANNED,
  /** Something is being done. */
  BUSY,
  /** What was to be done is done. */
  DONE,
  /** In the platform's hands. */
  AWAY,
  /** Somebody should look. */
  BAD;

  /** Of a state's word, as lifecycle.md has them; anything else is calm. */
  public static Tone ofState(String state) {
    return switch (state) {
      case "MaintenanceScheduled" -> PLANNED;
      case "Cordoned", "Draining", "Running" -> BUSY;
      case "Drained", "Uncordoned" -> DONE;
      case "MaintenanceStarted" -> AWAY;
      default -> CALM;
    };
  }

  /** The class in the style sheet, beside {@code badge}. */
  public String style() {
    return name().toLowerCase(Locale.ROOT);
  }
}
