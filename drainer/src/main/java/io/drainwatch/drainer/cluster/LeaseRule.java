package io.drainwatch.drainer.cluster;

import java.time.Duration;
import java.util.Optional;

/**
 * Who may hold the Lease (kubernetes-drain.md 15, 19.7). Clocks of two machines are never compared:
 * the other is dead when we have seen its Lease unchanged for as long as it lasts, by our own
 * monotonic clock. All moments here are of that clock.
 *
 * @param duration of our own Lease
 * @param renewWithin without a renewal for this long, we hold it no more
 * @param retry from try to try
 */
record LeaseRule(Duration duration, Duration renewWithin, Duration retry) {
  static final LeaseRule USUAL =
      new LeaseRule(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

  private static final Duration LONGEST_OF_OTHERS = Duration.ofSeconds(60);

  LeaseRule {
    if (renewWithin.compareTo(duration) >= 0 || retry.multipliedBy(2).compareTo(renewWithin) > 0) {
      throw new IllegalArgumentException(
          "a Lease is given up before it runs out, and tried twice before that: " + duration);
    }
  }

  /**
   * What is known of another holder.
   *
   * @param since when it was first seen like this
   */
  record Seen(LeaseFacts lease, Duration since) {}

  /** What is to be done. */
  enum Deed {
    CREATE,
    TAKE,
    RENEW,
    WAIT
  }

  /**
   * @param seen to be given to the next decision
   */
  record Decision(Deed deed, Optional<Seen> seen) {}

  /**
   * @param read empty: there is no Lease
   * @param before of the last decision
   */
  Decision decide(Optional<LeaseFacts> read, Optional<Seen> before, String self, Duration now) {
    if (read.isEmpty()) {
      return new Decision(Deed.CREATE, Optional.empty());
    }
    LeaseFacts lease = read.get();
    if (lease.holder().equals(self)) {
      return new Decision(Deed.RENEW, Optional.empty());
    }
    if (lease.holder().isEmpty()) {
      return new Decision(Deed.TAKE, Optional.empty());
    }
    Seen seen =
        before
            .filter(known -> isSameRenewal(known.lease(), lease))
            .map(known -> new Seen(lease, known.since()))
            .orElseGet(() -> new Seen(lease, now));
    boolean isDead = now.minus(seen.since()).compareTo(lasting(lease)) > 0;
    return new Decision(isDead ? Deed.TAKE : Deed.WAIT, Optional.of(seen));
  }

  /**
   * Whether a Lease whose last renewal was begun so long ago can still be proven. The others count
   * from when they saw the renewal, so later than we do.
   */
  boolean isProvenAfter(Duration sinceRenewal) {
    return sinceRenewal.compareTo(renewWithin) < 0;
  }

  private static boolean isSameRenewal(LeaseFacts one, LeaseFacts other) {
    return one.holder().equals(other.holder())
        && one.renewedAt().equals(other.renewedAt())
        && one.transitions() == other.transitions();
  }

  // a nonsensical duration of another must not make us wait for ever, nor not at all
  private Duration lasting(LeaseFacts lease) {
    Duration theirs = lease.duration();
    if (theirs.compareTo(duration) < 0) {
      return duration;
    }
    return theirs.compareTo(LONGEST_OF_OTHERS) > 0 ? LONGEST_OF_OTHERS : theirs;
  }
}
