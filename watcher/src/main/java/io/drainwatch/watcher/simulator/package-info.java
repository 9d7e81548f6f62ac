/**
 * A metadata service to try things against: behaves as azure-scheduled-events.md says, not as
 * convenient. Serves the rehearsal, the tests and other people's tools. Never reachable beyond
 * loopback unless asked.
 *
 * <p>What is answered is decided on values ({@link
 * io.drainwatch.watcher.simulator.MetadataService}, {@link
 * io.drainwatch.watcher.simulator.Simulation}); {@link io.drainwatch.watcher.simulator.Simulator}
 * and what it starts are the only ones with sockets, threads and a clock.
 */
@NullMarked
package io.drainwatch.watcher.simulator;

import org.jspecify.annotations.NullMarked;
