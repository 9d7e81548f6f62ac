/**
 * The clean-up behind StatefulSets at work (scale-down.md, sections 2 and 5): what {@link
 * io.drainwatch.drainer.scaledown.ScaleDown} says is done, for all sets of some namespaces, by one
 * worker, for as long as this process leads.
 *
 * <p>{@link io.drainwatch.drainer.cleaning.Cleaner} watches sets, claims and pods and looks at a
 * set when something of it changed, and every 30 s; {@link io.drainwatch.drainer.cleaning.Round} is
 * one look. It decides nothing itself. Invariants: nothing is asked for before sets, claims and
 * pods of the namespace are known in full; before anything is changed the set is read anew, and
 * before a claim is deleted the pod that proves the clean-up, unless the server itself takes the
 * change only on the version that was seen; no request begins, and no Event is sent, without the
 * Lease, nor after {@link io.drainwatch.drainer.cleaning.Cleaner#stop}.
 */
@NullMarked
package io.drainwatch.drainer.cleaning;

import org.jspecify.annotations.NullMarked;
