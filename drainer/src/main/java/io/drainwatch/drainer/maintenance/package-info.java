/**
 * The life of a maintenance: states, policy, deadlines, acknowledgement, and the pure core that
 * folds what is observed into what is to be done.
 *
 * <p>Values in, values out. Time is an argument; there is no clock, thread, socket, file or
 * framework in here, and ArchUnit keeps it so. What the shell learns comes in as an {@link
 * io.drainwatch.drainer.maintenance.Observation}, what is to be done goes out as an {@link
 * io.drainwatch.drainer.maintenance.Action}. Keeps I1, I3, I4 and I7 to I10 of the life-cycle
 * specification.
 */
@NullMarked
package io.drainwatch.drainer.maintenance;

import org.jspecify.annotations.NullMarked;
