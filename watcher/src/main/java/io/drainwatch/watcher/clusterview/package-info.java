/**
 * What commands show of a cluster: the maintenances of its Nodes, and what a drain of one Node
 * would meet. Values in, text or JSON out; who asks the API server is elsewhere.
 *
 * <p>Invariant: names and sentences of the cluster are printed by {@link
 * io.drainwatch.watcher.clusterview.Cell} only, so bounded, on one line, without control
 * characters.
 */
@NullMarked
package io.drainwatch.watcher.clusterview;

import org.jspecify.annotations.NullMarked;
