/**
 * The process of the drainer Deployment, form {@code controller} (kubernetes-drain.md 1, 15): a
 * Lease, a {@link io.drainwatch.drainer.fleet.Fleet} that works while the Lease is held, and what
 * is counted; where it is switched on, the clean-up behind StatefulSets beside it, with a Lease of
 * its own (scale-down.md, section 5). Keeps nothing on disk: everything stands on the Nodes.
 *
 * <p>Invariants: gains and losses of the Lease are acted on in their order, by one thread; after
 * {@link io.drainwatch.watcher.drainer.Drainer#close} nothing starts, and the Nodes stay as they
 * are.
 */
@NullMarked
package io.drainwatch.watcher.drainer;

import org.jspecify.annotations.NullMarked;
