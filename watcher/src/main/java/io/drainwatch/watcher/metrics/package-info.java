/**
 * What is counted and measured, for {@code GET /prometheus}. Every name and label stands in {@code
 * config/metrics.md}, which a test holds to the registry. Labels are words from our own enums,
 * never an id, a message or an address, so that the number of series is bounded. A poll costs two
 * counters; whatever can be read off the newest snapshot is computed when somebody asks.
 */
@NullMarked
package io.drainwatch.watcher.metrics;

import org.jspecify.annotations.NullMarked;
