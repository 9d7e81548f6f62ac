/**
 * The drain context, version 1: what a drain script is told (drain-scripts.md, part 2). Maps an
 * event and the facts of the VM to the context, its JSON and its variables. Pure: no clock, no
 * file, no process. Never guesses to the better: what the platform does not tell reads as the worse
 * case.
 */
@NullMarked
package io.drainwatch.drainer.context;

import org.jspecify.annotations.NullMarked;
