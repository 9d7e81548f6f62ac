/**
 * The record: journal, history and the state directory. The journal is append-only JSON lines, each
 * a whole record, on disk before anything is done because of it; a torn last line is cut off and
 * said. Never loses a finished line, never grows without bound, never lets two daemons write.
 */
@NullMarked
package io.drainwatch.watcher.record;

import org.jspecify.annotations.NullMarked;
