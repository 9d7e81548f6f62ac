/**
 * A whole maintenance here and now: the real daemon with the real hooks against the simulator, told
 * on a timeline, judged at the end. Needs neither Azure nor root, and leaves nothing behind.
 */
@NullMarked
package io.drainwatch.watcher.rehearsal;

import org.jspecify.annotations.NullMarked;
