/**
 * What Azure Resource Manager can tell and do, as plain values and one interface, and what to make
 * of it (pure). Knows no class of the Azure SDK: who implements {@link AzureResources} lies in a
 * directory of its own, which {@link AzureLibrary} opens only for a command or a drainer that asks
 * for it. So the daemon of a plain VM never carries it.
 */
@NullMarked
package io.drainwatch.watcher.azure;

import org.jspecify.annotations.NullMarked;
