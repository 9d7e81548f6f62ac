/**
 * A metadata service to try things against: behaves as azure-scheduled-events.md says, not as
 * convenient. Serves the rehearsal, the tests and other people's tools. Never reachable beyond
 * loopback unless asked.
 */
@NullMarked
package io.drainwatch.watcher.simulator;

import org.jspecify.annotations.NullMarked;
