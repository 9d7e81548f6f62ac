/**
 * The command line: what an operator types. Each command reads its arguments, calls one of the
 * other packages and prints; none decides anything. Facts can be had as JSON, exit codes are
 * documented in {@link io.drainwatch.watcher.cli.ExitCode}.
 */
@NullMarked
package io.drainwatch.watcher.cli;

import org.jspecify.annotations.NullMarked;
