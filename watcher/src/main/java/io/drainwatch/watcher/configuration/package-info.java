/**
 * What the operator decided: reads every {@code drainwatch.*} key, fills in the defaults, and names
 * all faults at once with key, value and reason. Defaults are safe: nothing is acknowledged that
 * was not drained, nothing is sent anywhere.
 */
@NullMarked
package io.drainwatch.watcher.configuration;

import org.jspecify.annotations.NullMarked;
