/**
 * How things stand, as values: the status document, health, the feed of what happens, the answers
 * to an operator's commands. Reads the core's values and changes none; knows no HTTP. Text from the
 * platform goes through as data, escaped by JSON and by nothing else.
 */
@NullMarked
package io.drainwatch.watcher.report;

import org.jspecify.annotations.NullMarked;
