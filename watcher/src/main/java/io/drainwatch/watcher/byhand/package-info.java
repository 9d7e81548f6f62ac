/**
 * Scripts run by hand: those of a hook now, or any against a made-up event. Called the same way as
 * by the daemon and judged by the same rules: native ones (drain-scripts.md part 1), those of BOSH
 * jobs (part 3), SlipStream's (part 4). Nothing is recorded, nothing is acknowledged, and the
 * daemon does not count it.
 */
@NullMarked
package io.drainwatch.watcher.byhand;

import org.jspecify.annotations.NullMarked;
