/**
 * What stands on a Node of a cluster: the record and its JSON, the marks (cordon, taint, label,
 * holds), the patches that set and undo them, the conditions, the Events' texts, and what the
 * watcher writes for the drainer to read (kubernetes-drain.md 1, 2, 4, 14, 17).
 *
 * <p>Values in, values out: no client, clock or thread. Whoever talks to the cluster translates its
 * model into {@link io.drainwatch.drainer.nodes.NodeFacts} and sends what comes back. JSON stands
 * in the files called {@code ...Json} and nowhere else.
 *
 * <p>Keeps I3 (a thing is named in {@code did} in the very request that does it, and only what is
 * named there is undone) and I4 (another machine's record is never acted on). Each key on the Node
 * has one writer.
 */
@NullMarked
package io.drainwatch.drainer.nodes;

import org.jspecify.annotations.NullMarked;
