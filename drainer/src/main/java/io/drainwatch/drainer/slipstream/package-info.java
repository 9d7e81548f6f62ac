/**
 * SlipStream mode: scaling hooks of SlipStream clients run unchanged (drain-scripts.md, part 4).
 * Decides which of the four hooks runs for an event, for which group of VMs and with which action;
 * finds the scripts and makes their calls; judges their exit codes. Starts no process and keeps no
 * state: what was told stands in the record, in the names of the scripts ({@link
 * io.drainwatch.drainer.slipstream.ScalingScript}). Text from the platform is data here, never
 * expanded.
 */
@NullMarked
package io.drainwatch.drainer.slipstream;

import org.jspecify.annotations.NullMarked;
