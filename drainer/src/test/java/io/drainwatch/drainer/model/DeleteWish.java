package io.drainwatch.drainer.model;

import java.time.Duration;
import java.util.Optional;

/**
 * DeleteOptions.
 *
 * @param uid precondition
 * @param version precondition
 * @param grace zero: the pod goes off the API at once; empty: its own
 */
public record DeleteWish(
    Optional<String> uid, Optional<String> version, Optional<Duration> grace, boolean dryRun) {
  public static final DeleteWish PLAIN =
      new DeleteWish(Optional.empty(), Optional.empty(), Optional.empty(), false);

  public DeleteWish ofUid(String wanted) {
    return new DeleteWish(Optional.of(wanted), version, grace, dryRun);
  }

  public DeleteWish ofVersion(String wanted) {
    return new DeleteWish(uid, Optional.of(wanted), grace, dryRun);
  }

  public DeleteWish within(Duration time) {
    return new DeleteWish(uid, version, Optional.of(time), dryRun);
  }

  public DeleteWish onPaper() {
    return new DeleteWish(uid, version, grace, true);
  }
}
