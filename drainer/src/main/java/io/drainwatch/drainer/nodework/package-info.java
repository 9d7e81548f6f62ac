/**
 * The work on one Node, from the record to giving it back: what the core asks for (cordon, evict,
 * stop, uncordon) becomes patches, evictions and lists, and what comes of them becomes observations
 * for the core (kubernetes-drain.md 2 to 5, 11, 12, 14).
 *
 * <p>Pure: {@link io.drainwatch.drainer.nodework.NodeWork#next} takes a value and gives one. It
 * knows no cluster, clock or thread; {@link io.drainwatch.drainer.nodework.NodeActor} carries out
 * what it asks for. One write at a time is under way, each conditional on the version it was made
 * from; nothing is evicted before the cordon stands in the record (I2), nothing undone that the
 * record does not call ours (I3), no other machine's record acted on (I4).
 */
@NullMarked
package io.drainwatch.drainer.nodework;

import org.jspecify.annotations.NullMarked;
