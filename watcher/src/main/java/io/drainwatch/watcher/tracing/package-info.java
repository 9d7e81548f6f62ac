/**
 * Traces for a collector (OTLP over HTTP, as JSON), an option. Sees what the core does, makes spans
 * of it, keeps some and sends them on a thread of its own. Nothing waits for a collector: what it
 * does not take in time is dropped and said, and a drain never notices. Nothing of it is loaded
 * where it is not switched on.
 *
 * <p>Not OpenTelemetry's SDK: its spans are begun and ended by the same process, under ids that are
 * made up. Ours follow from the record, so that a restart goes on with them; of the SDK only the
 * encoder would be left, for nine jars (940 kB) and a second way to send.
 */
@NullMarked
package io.drainwatch.watcher.tracing;

import org.jspecify.annotations.NullMarked;
