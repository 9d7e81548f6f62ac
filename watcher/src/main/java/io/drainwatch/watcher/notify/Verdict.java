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
    return switch (answer) {
      case Answer.Silent(String why) -> new Later(why, Optional.empty());
      case Answer.Came came -> of(came, kind);
    };
  }

  private static Verdict of(Answer.Came came, SinkKind kind) {
    int status = came.status();
    if (status >= 200 && status < 300) {
      return new Delivered();
    }
    String why = "HTTP " + status + (came.text().isEmpty() ? "" : ": " + came.text());
    return switch (status) {
      // of Telegram it means the chat: not found, or another number since the group was upgraded
      case 400 ->
          kind == SinkKind.TELEGRAM ? new Later(why, came.retryAfter()) : new Refused(why);
      case 413, 415, 422 -> new Refused(why);
      // a redirect is not followed: it would take headers and body to somebody else
      case 301, 302, 303, 307, 308 ->
          new Later("HTTP " + status + ": redirects are not followed", Optional.empty());
      default -> new Later(why, came.retryAfter());
    };
  }
}
