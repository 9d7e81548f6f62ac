/**
 * Scenario files and the orders that the control address takes: one reader for both, so that a key
 * means the same in each. Strict: unknown keys and impossible values are all named at once, each
 * with its place and the reason; a file with one fault is not played at all.
 */
@NullMarked
package io.drainwatch.watcher.simulator.scenario;

import org.jspecify.annotations.NullMarked;
