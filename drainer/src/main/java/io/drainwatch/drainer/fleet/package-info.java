/**
 * The drainer of form {@code controller}: one process that folds the maintenances of all Nodes of a
 * cluster while it leads (kubernetes-drain.md 1, 15, 16).
 *
 * <p>{@link io.drainwatch.drainer.fleet.Fleet} watches all Nodes and keeps a {@link
 * io.drainwatch.drainer.fleet.NodeFold} for each that has an event or a record of ours; a quiet
 * Node is a card of a few hundred bytes. A fold is a core, the work on its Node behind {@link
 * io.drainwatch.drainer.fleet.NodeHands}, and what the watcher told. It decides nothing itself: the
 * core, the budget, the relay and the other tools' signs do.
 *
 * <p>Nothing is kept over a change of leaders but what stands on the Nodes. Never two foldings at
 * once for one Node; after {@link io.drainwatch.drainer.fleet.Fleet#stop} nothing starts.
 */
@NullMarked
package io.drainwatch.drainer.fleet;

import org.jspecify.annotations.NullMarked;
