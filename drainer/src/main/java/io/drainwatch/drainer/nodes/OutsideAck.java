package io.drainwatch.drainer.nodes;

import java.time.Instant;
import java.util.Optional;

/**
 * An acknowledgement that the drainer sends from outside, in place of a watcher that is gone.
 *
 * @param at when this try was written down, by the drainer's clock
 * @param tries so many, this one among them
 * @param status what HTTP would call the answer, 0: none came; empty: it may be on its way
 * @param holder which leader sends it
 * @param notBefore of the next try, where Azure asked for one
 * @param earlier a try before this one may have been taken
 */
public record OutsideAck(
    String eventId,
    Instant at,
    int tries,
    Optional<Integer> status,
    String holder,
    Optional<Instant> notBefore,
    boolean earlier) {
  /** It was written down, and was not wanted any more when it was to leave. */
  public static final int NEVER_LEFT = 499;

  private static final int TIMED_OUT = 408;
  private static final int THROTTLED = 429;
  private static final int NO_ANSWER = 0;

  public OutsideAck {
    if (tries < 1 || status.filter(each -> each < 0 || each > 599).isPresent()) {
      throw new IllegalArgumentException("not a try: " + tries + ", " + status);
    }
  }

  /** About to be sent. */
  public static OutsideAck sending(String eventId, Instant at, int tries, String holder) {
    return new OutsideAck(eventId, at, tries, Optional.empty(), holder, Optional.empty(), false);
  }

  /** The same, with what was sent before it. */
  public OutsideAck after(Optional<OutsideAck> before) {
    return new OutsideAck(
        eventId,
        at,
        tries,
        status,
        holder,
        notBefore,
        before.filter(OutsideAck::mayHaveCounted).isPresent());
  }

  public OutsideAck answered(int code, Optional<Instant> again) {
    return new OutsideAck(eventId, at, tries, Optional.of(code), holder, again, earlier);
  }

  public boolean isAccepted() {
    return status.filter(code -> code >= 200 && code < 300).isPresent();
  }

  /** Nobody knows whether it was taken, or it surely was not, for now: it may be tried again. */
  public boolean isUnclear() {
    return isOpen() || status.filter(code -> code == THROTTLED || code == NEVER_LEFT).isPresent();
  }

  /**
   * It, or one before it, was taken, or nobody knows. What was surely refused counts for nothing.
   */
  public boolean mayHaveCounted() {
    return earlier || isAccepted() || isOpen();
  }

  private boolean isOpen() {
    return status.map(code -> code == NO_ANSWER || code == TIMED_OUT || code >= 500).orElse(true);
  }
}
