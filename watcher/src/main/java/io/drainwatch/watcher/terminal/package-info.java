/**
 * A terminal that is written to: how large it is, what it can show, whole pictures of it without a
 * flicker. Lines are values that know their width; only {@link
 * io.drainwatch.watcher.terminal.Screen} and {@link io.drainwatch.watcher.terminal.OwnTerminal}
 * touch the outside. Nothing that steers a terminal gets into a line, whoever wrote the text. Knows
 * nothing of maintenances.
 */
@NullMarked
package io.drainwatch.watcher.terminal;

import org.jspecify.annotations.NullMarked;
