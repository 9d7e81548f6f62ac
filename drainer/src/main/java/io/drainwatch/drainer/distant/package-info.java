/**
 * The watcher's side of form {@code controller} (kubernetes-drain.md 1): what the drainer's record
 * on the Node means for the watcher's core, when an acknowledgement may leave, what the watcher's
 * observation says and when it is written, and whether anybody answers it.
 *
 * <p>Pure: {@link io.drainwatch.drainer.distant.DistantWork#next} takes a value and gives one. It
 * writes one key on its Node and nothing else. Keeps I1 (nothing is acknowledged that the record
 * does not list as {@code ackable}), I4 (another machine's record means nothing) and I10 (a Node
 * that cannot be read says nothing).
 */
@NullMarked
package io.drainwatch.drainer.distant;

import org.jspecify.annotations.NullMarked;
