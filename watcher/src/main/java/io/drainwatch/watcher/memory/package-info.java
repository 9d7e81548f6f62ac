/**
 * What a process that idles does not need goes back to the machine: a start and a maintenance touch
 * far more than the weeks of polling between them. Linux; elsewhere nothing is done.
 */
@NullMarked
package io.drainwatch.watcher.memory;

import org.jspecify.annotations.NullMarked;
