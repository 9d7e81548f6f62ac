/** The figures that docs/promises.md promises: whatever measures one takes its limit from there. */
@NullMarked
package io.drainwatch.drainer.promises;

import org.jspecify.annotations.NullMarked;
