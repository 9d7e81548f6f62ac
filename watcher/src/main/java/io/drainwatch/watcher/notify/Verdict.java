package io.drainwatch.watcher.notify;

import java.time.Duration;
import java.util.Optional;

/** What an answer means for the notice. Pure. */
sealed interface Verdict {

  record Delivered() implements Verdict {}

  /** The receiver will never take this very body: what comes after it is not held up. */
  record Refused(String why) implements Verdict {}

  /** To be tried again: the receiver is busy, away, or wrongly configured. */
  record Later(String why, Optional<Duration> retryAfter) implements Verdict {}

  static Verdict of(Answer answer, SinkKind kind) {
    // of Telegram it means the chat: not found, or another number since the group was upgraded
    return kind == SinkKind.TELEGRAM && of(answer) instanceof Refused(String why)
        ? new Later(why, Optional.empty())
        : of(answer);
  }

  static Verdict of(Answer answer) {
    return switch (answer) {
      case Answer.Silent(String why) -> new Later(why, Optional.empty());
      case Answer.Came came -> of(came);
    };
  }

  private static Verdict of(Answer.Came came) {
    int status = came.status();
    if (status >= 200 && status < 300) {
      return new Delivered();
    }
    String why = "HTTP " + status + (came.text().isEmpty() ? "" : ": " + came.text());
    return switch (status) {
      case 400, 413, 415, 422 -> new Refused(why);
      // a redirect is not followed: it would take headers and body to somebody else
      case 301, 302, 303, 307, 308 ->
          new Later("HTTP " + status + ": redirects are not followed", Optional.empty());
      default -> new Later(why, came.retryAfter());
    };
  }
}
