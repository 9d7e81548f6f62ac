/** Where the program begins. */
@NullMarked
package io.drainwatch.watcher;

import org.jspecify.annotations.NullMarked;
