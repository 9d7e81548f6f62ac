/**
 * Which pods of a node are to go, and in which order (kubernetes-drain.md, sections 5 to 7).
 *
 * <p>Values in, values out: no clock, thread, socket or client. {@link
 * io.drainwatch.drainer.pods.Classification} judges one pod and never throws; {@link
 * io.drainwatch.drainer.pods.Round} judges a view of the node and says whose turn it is. A pod is
 * its UID, never its name. Never says that a pod on another node is to go (I2), and from an old
 * view concludes neither that a pod may be evicted nor that the node is empty (I10). Sends nothing:
 * the request, its answers, pace, force points and the fence are decided elsewhere.
 */
@NullMarked
package io.drainwatch.drainer.pods;

import org.jspecify.annotations.NullMarked;
