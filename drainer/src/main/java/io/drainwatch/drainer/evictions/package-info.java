/**
 * Evicting the pods of one Node (kubernetes-drain.md, sections 8, 9, 11 and 12): what an answer of
 * the API means, when a pod is tried again, how many requests are under way, when force is used,
 * and when the Node may be called drained.
 *
 * <p>Values in, values out: {@link io.drainwatch.drainer.evictions.Evictions}. The shell that talks
 * to the cluster translates its model into these values, sends the requests and brings back the
 * answers. Never asks for a uid that was not seen (I2), never tries a pod twice within a second
 * (I5), never sends a grace of 0 (I6). Does not classify pods and knows no cluster.
 */
@NullMarked
package io.drainwatch.drainer.evictions;

import org.jspecify.annotations.NullMarked;
