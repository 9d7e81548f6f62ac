/**
 * A Kubernetes cluster as the drain needs it: few questions, few writes, in our own values. {@link
 * io.drainwatch.drainer.cluster.Cluster} is the seam; what stands behind it (fabric8's client)
 * shows nowhere else.
 *
 * <p>Keeps the traps of kubernetes-drain.md 19 from the callers: one request per call, never
 * repeated by the client; the HTTP status is the one that came, with header and body; every write
 * on a Node is conditional on its version. Decides nothing.
 */
@NullMarked
package io.drainwatch.drainer.cluster;

import org.jspecify.annotations.NullMarked;
