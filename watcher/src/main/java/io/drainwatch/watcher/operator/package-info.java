/**
 * What an operator asks of a running daemon, over HTTP and from beside it: how things stand, a
 * drain by hand and back, and how far it is. Without a daemon its record is read, and nothing is
 * changed. Sends the token to nobody but the address that the settings name, and never prints it.
 */
@NullMarked
package io.drainwatch.watcher.operator;

import org.jspecify.annotations.NullMarked;
