/**
 * Drain scripts: which would run, whether they may, and how they are run (drain-scripts.md, part
 * 1). Finds scripts in the hook directories, refuses unsafe ones, starts them in their own process
 * group, ends the whole group, passes their output on. Never goes through a shell, never interprets
 * output, never decides what a result means: the core does.
 */
@NullMarked
package io.drainwatch.drainer.scripts;

import org.jspecify.annotations.NullMarked;
