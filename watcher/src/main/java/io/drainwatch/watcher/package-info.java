/**
 * The daemon as a program: put together, started and stopped. Everything it does lives in the
 * packages below.
 */
@NullMarked
package io.drainwatch.watcher;

import org.jspecify.annotations.NullMarked;
