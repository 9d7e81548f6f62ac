/**
 * How many Nodes of a pool may be out of service at once, and whose turn it is (kubernetes-drain.md
 * 15). Values in, values out: no clock, client or thread.
 *
 * <p>A budget only ever makes a drain wait, and never for longer than half of its notice: the
 * platform does not wait for us. It holds nothing by itself, so it cannot leak: what is counted are
 * the records on the Nodes that exist.
 */
@NullMarked
package io.drainwatch.drainer.budget;

import org.jspecify.annotations.NullMarked;
