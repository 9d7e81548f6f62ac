/**
 * The Node of a cluster that this VM is (kubernetes-drain.md 1): in form {@code agent} the drain
 * engine works on it from here, in form {@code controller} the drainer does, on what this daemon
 * writes on its Node. What is decided is decided by {@code drainer.nodework} and {@code
 * drainer.distant}; loaded only where a form is configured.
 */
@NullMarked
package io.drainwatch.watcher.node;

import org.jspecify.annotations.NullMarked;
