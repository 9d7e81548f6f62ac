package io.drainwatch.watcher.events;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What came back from one call. */
sealed interface Answer {

  /**
   * Status 200, and nothing is said about the body yet.
   *
   * @param body empty where it was not wanted; longer than allowed if it was longer than allowed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; a copy per poll would buy nothing
  record Success(byte[] body) implements Answer {}

  /**
   * Anything else.
   *
   * @param status empty when no status came
   * @param body its beginning, fit to be printed
   * @param account for people: what was tried, on what, what came back
   */
  record Failure(
      ErrorKind kind,
      OptionalInt status,
      String body,
      Optional<Duration> retryAfter,
      String account)
      implements Answer {
    private static final int LONGEST_QUOTE = 200;

    static Failure ofStatus(String tried, int status, byte[] body, Optional<Duration> retryAfter) {
      ErrorKind kind = ErrorKind.ofStatus(status);
      String text = ForeignText.clean(new String(body, StandardCharsets.UTF_8)).strip();
      String quote = text.isEmpty() ? "" : " \"" + ForeignText.clean(text, LONGEST_QUOTE) + "\"";
      String account = tried + " was answered with " + status + quote + ": " + kind.meaning();
      return new Failure(kind, OptionalInt.of(status), text, retryAfter, account);
    }

    /** 200, but not what was asked for. */
    static Failure notUnderstood(String tried, String reason) {
      return new Failure(
          ErrorKind.NOT_A_DOCUMENT,
          OptionalInt.of(200),
          "",
          Optional.empty(),
          tried + " was answered with 200, but cannot be read: " + reason);
    }

    /**
     * @param cause in the words of whoever noticed
     */
    static Failure noAnswer(String tried, ErrorKind kind, String cause) {
      String words = ForeignText.clean(cause, LONGEST_QUOTE);
      return new Failure(
          kind,
          OptionalInt.empty(),
          "",
          Optional.empty(),
          tried + " failed: " + kind.meaning() + " (" + words + ")");
    }

    boolean hasStatus(int wanted) {
      return status.isPresent() && status.getAsInt() == wanted;
    }

    /** The whole message, once it is known what happens next. */
    String message(String next) {
      return account + "; " + next;
    }
  }
}
