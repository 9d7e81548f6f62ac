/**
 * Tells systemd how the daemon is (sd_notify(3)): started, in which state, alive, stopping. Says
 * nothing and costs nothing where the daemon was not started by systemd, or with another service
 * type than notify. Never delays or fails anything else.
 */
@NullMarked
package io.drainwatch.watcher.systemd;

import org.jspecify.annotations.NullMarked;
