/**
 * The shell around the core: one thread folds observations in the order they come, writes the
 * record before anything is done because of it, does what the core says and reports what came of
 * it. Decides nothing. Polls, alarms and retries are Quartz's; everything that waits waits
 * elsewhere, never on the folding thread.
 */
@NullMarked
package io.drainwatch.watcher.daemon;

import org.jspecify.annotations.NullMarked;
