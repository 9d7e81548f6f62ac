/**
 * The drainer's page: all Nodes of a cluster, what is in the way of their drains, whose turn it is,
 * and what is over. Values in, values out, but for {@link
 * io.drainwatch.watcher.fleetpage.FleetPages}, which has the one thread that all of it is made on.
 *
 * <p>Invariants: nothing here is waited for by who drains, and nothing is made until somebody
 * looks; what is made is bounded however large the cluster; every text of the cluster passes {@link
 * io.drainwatch.watcher.pages.ShownText} and is escaped by the template. It shows and changes
 * nothing.
 */
@NullMarked
package io.drainwatch.watcher.fleetpage;

import org.jspecify.annotations.NullMarked;
