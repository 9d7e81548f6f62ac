package io.drainwatch.drainer.scaledown;

import java.time.Instant;

/**
 * A PersistentVolumeClaim.
 *
 * @param isLeftAlone annotation {@code drainwatch.io/scaledown: skip}
 * @param createdAt by the API server's clock, whole seconds
 */
public record ClaimFacts(
    String namespace,
    String name,
    String uid,
    boolean isTerminating,
    boolean isLeftAlone,
    Instant createdAt) {}
