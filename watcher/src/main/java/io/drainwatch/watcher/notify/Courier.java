package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.notify.Notice;
import io.drainwatch.drainer.notify.RetryPace;
import io.drainwatch.watcher.notify.DeliveryCounts.Result;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one sink, one notice after another, on a thread of its own. A notice is tried until the
 * sink takes it, will never take it, or it is too old; only then comes the next.
 */
final class Courier implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /** Waits, or is woken by the end. */
  interface Pause {
    /**
     * @return whether it goes on
     */
    boolean await(Duration pause) throws InterruptedException;
  }

  private final SinkSettings sink;
  private final LetterWriting letters;
  private final Post post;
  private final Desk desk;
  private final RetryPace pace;
  private final InstantSource clock;
  private final Pause pause;
  private final DoubleSupplier random;
  private final DeliveryCounts counts;
  private int failures;

  /** So long in a row, by our own pauses. */
  private Duration failing = Duration.ZERO;

  private String lastFailure = "";

  Courier(
      SinkSettings sink,
      Post post,
      Desk desk,
      RetryPace pace,
      InstantSource clock,
      Pause pause,
      DoubleSupplier random,
      DeliveryCounts counts) {
    this.sink = sink;
    letters = new LetterWriting(sink);
    this.post = post;
    this.desk = desk;
    this.pace = pace;
    this.clock = clock;
    this.pause = pause;
    this.random = random;
    this.counts = counts;
  }

  @Override
  public void run() {
    try {
      warmUp();
      boolean goesOn = true;
      while (goesOn) {
        Optional<Notice> next = desk.next(sink.name());
        goesOn = next.isPresent() && pause.await(deliver(next.get()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // what is missing now is missing for the letters too, and is said there
  private void warmUp() {
    try {
      post.warmUp();
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("notifications: nothing is loaded for {} before it is needed", sink.name());
    }
  }

  /** How long to wait before the next try. */
  private Duration deliver(Notice notice) {
    return switch (tried(notice)) {
      case Verdict.Delivered() -> {
        if (failures > 0) {
          LOG.info("notifications: {} takes notices again", sink.name());
        }
        failures = 0;
        failing = Duration.ZERO;
        lastFailure = "";
        done(notice, Result.DELIVERED);
        yield Duration.ZERO;
      }
      case Verdict.Refused(String why) -> {
        LOG.warn(
            "notifications: {} refused the notice {}, it is not sent again: {}",
            sink.name(),
            notice.kind().word(),
            why);
        done(notice, Result.REFUSED);
        yield Duration.ZERO;
      }
      case Verdict.Later(String why, Optional<Duration> retryAfter) -> later(why, retryAfter);
    };
  }

  private Duration later(String why, Optional<Duration> retryAfter) {
    failures++;
    counts.counted(sink.name(), Result.FAILED);
    Duration wait = pace.pause(failures, retryAfter, random.getAsDouble());
    giveUpWhatIsTooOld(why);
    failing = failing.plus(wait);
    if (!why.equals(lastFailure)) {
      LOG.warn("notifications: {}: {}; tried again in {}", sink.name(), why, wait);
      lastFailure = why;
    }
    return wait;
  }

  // All at once: each tried once more would be thousands of requests to one that wants its peace.
  private void giveUpWhatIsTooOld(String why) {
    Instant now = clock.instant();
    List<Notice> old = desk.giveUp(sink.name(), each -> pace.isTooOld(each, now, failing));
    if (!old.isEmpty()) {
      LOG.warn(
          "notifications: {} was not told {} of {}{}: given up after {}; the last try: {}",
          sink.name(),
          old.getFirst().kind().word(),
          old.getFirst().subject().name(),
          old.size() == 1 ? "" : " and " + (old.size() - 1) + " more",
          pace.giveUpAfter(),
          why);
      old.forEach(each -> counts.counted(sink.name(), Result.GAVE_UP));
    }
  }

  private void done(Notice notice, Result result) {
    counts.counted(sink.name(), result);
    desk.done(sink.name(), notice.id());
  }

  private Verdict tried(Notice notice) {
    try {
      return Verdict.of(post.send(letters.of(notice)), sink.kind());
    } catch (IOException e) {
      return new Verdict.Later(String.valueOf(e.getMessage()), Optional.empty());
    } catch (IllegalArgumentException e) {
      return new Verdict.Refused(String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      // its message may hold anything
      return new Verdict.Later("a bug: " + e.getClass().getName(), Optional.empty());
    }
  }
}
