package io.drainwatch.watcher.report;

import io.drainwatch.watcher.events.AcknowledgeAnswer;
import java.util.Locale;

/** What came of an acknowledgement, in one word for metrics and feed. */
public enum AcknowledgeResult {
  ACCEPTED,
  REFUSED,
  /** It may or may not have counted. */
  UNCLEAR;

  public static AcknowledgeResult of(AcknowledgeAnswer answer) {
    return switch (answer) {
      case AcknowledgeAnswer.Accepted() -> ACCEPTED;
      case AcknowledgeAnswer.Refused ignored -> REFUSED;
      case AcknowledgeAnswer.Unclear ignored -> UNCLEAR;
    };
  }

  /** Metric label: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
