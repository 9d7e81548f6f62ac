package io.drainwatch.drainer.scaledown;

import java.time.Instant;

/**
 * A PersistentVolumeClaim.
 *
 * @param resourceVersion of what was read; empty: not told
 * @param isLeftAlone annotation {@code drainwatch.io/scaledown: skip}
 * @param createdAt by the API server's clock, whole seconds
 */
public record ClaimFacts(
    String namespace,
    String name,
    String uid,
    String resourceVersion,
    boolean isTerminating,
    boolean isLeftAlone,
    Instant createdAt) {}
