/**
 * The record as JSON: what stands in the journal, and later in the Node's annotation. Reads what an
 * older version wrote; a text that cannot be read is an answer, not an exception.
 */
@NullMarked
package io.drainwatch.drainer.record;

import org.jspecify.annotations.NullMarked;
