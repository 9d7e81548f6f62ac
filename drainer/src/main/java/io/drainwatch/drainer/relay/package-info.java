/**
 * What the watcher tells through its Node, put into the terms of the drainer's own core
 * (kubernetes-drain.md 1, 13): documents, absences, results of hooks, acknowledgements; and what
 * the records of several Nodes say together about an event that names several VMs.
 *
 * <p>Values in, values out. Silence means nothing (K83): an event that is not told of stays as it
 * is, and is over only when the watcher says so (I10).
 */
@NullMarked
package io.drainwatch.drainer.relay;

import org.jspecify.annotations.NullMarked;
