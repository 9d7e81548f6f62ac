package io.drainwatch.drainer.evictions;

import java.time.Instant;

/**
 * The Node, read for the fence.
 *
 * @param readAt when the read was begun, by our clock
 * @param ourRecord whether the record on it is that of this episode
 * @param ourHolder whether the record's holder is this process
 */
public record NodeFacts(
    Instant readAt, boolean exists, boolean unschedulable, boolean ourRecord, boolean ourHolder) {}
