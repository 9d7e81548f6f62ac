package io.drainwatch.drainer.cluster;

import java.time.Duration;

/**
 * A Lease as read.
 *
 * @param holder empty: released, or never held
 * @param renewedAt as it stands: of the holder's clock, so it is only compared with itself
 * @param duration how long it lasts after a renewal
 * @param transitions how often the holder changed
 */
record LeaseFacts(String holder, String renewedAt, Duration duration, int transitions) {}
