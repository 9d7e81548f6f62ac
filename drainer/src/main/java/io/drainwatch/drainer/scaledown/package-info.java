/**
 * What becomes of the claims that a StatefulSet leaves behind when it gets smaller (scale-down.md,
 * sections 1 to 4). {@link io.drainwatch.drainer.scaledown.ScaleDown} is one step for one set, a
 * function of what is there; {@link io.drainwatch.drainer.scaledown.Sweep} the pods whose set is
 * gone.
 *
 * <p>Values in, values out: no clock, thread, socket or client. A claim is deleted only behind a
 * clean-up pod that has succeeded and is not younger than it; with OrderedReady there is never more
 * than one clean-up pod of a set; how often it was tried outlives the pod; whatever is deleted is
 * deleted by its UID; what cannot be told for certain is left alone.
 */
@NullMarked
package io.drainwatch.drainer.scaledown;

import org.jspecify.annotations.NullMarked;
