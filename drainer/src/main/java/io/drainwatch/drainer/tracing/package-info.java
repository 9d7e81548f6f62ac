/**
 * What a maintenance is as a trace: one trace for each, a span for the whole, for each state, hook
 * and script. Made from the record and its changes, with ids that follow from the maintenance and
 * the span's name alone: whoever goes on after a restart goes on with the same trace, and a span
 * that is told twice is the same span. No text of a script or of the platform is in one, but for
 * names and why a script failed.
 *
 * <p>Pure. Knows no collector, no clock, no wire.
 */
@NullMarked
package io.drainwatch.drainer.tracing;

import org.jspecify.annotations.NullMarked;
