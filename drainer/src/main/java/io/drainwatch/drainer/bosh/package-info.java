/**
 * BOSH mode (drain-scripts.md part 3): release authors' pre-stop, drain, post-stop, pre-start and
 * post-start scripts, unchanged. Knows where they lie, what they are given, and what a drain's
 * answer means. The judging pieces ({@link DrainParameters}, {@link DrainAnswer}, {@link
 * NextStates}, {@link BoshEnvironment}, {@link BoshSequence}) are pure; {@link BoshTree} reads
 * directories and {@link BoshCalls} only describes calls. The daemon makes one call at a time and
 * keeps the waits in its record; {@link DrainRun} and {@link BoshRun} make the whole way at once,
 * for runs by hand and for the conformance rows. Never decides what becomes of an episode, and
 * never takes a script that could not be seen, started or understood for a success.
 */
@NullMarked
package io.drainwatch.drainer.bosh;

import org.jspecify.annotations.NullMarked;
