/**
 * What the operator decided: reads every {@code drainwatch.*} key, fills in the defaults, and names
 * all faults at once with key, value and reason. Defaults are safe: nothing is acknowledged that
 * was not drained, nothing is sent anywhere.
 *
 * <p>Two halves. {@link io.drainwatch.watcher.configuration.SettingsReader} is pure: flat keys in,
 * typed settings or faults out. {@link io.drainwatch.watcher.configuration.LoadedSettings} is the
 * shell: the file, the environment and the system properties in Micronaut's order of precedence,
 * without a context, so that a command line call is quick; the daemon's context is then built from
 * the very same values.
 *
 * <p>A value that looks like a secret is never printed. A list is taken from one source as a whole,
 * never mixed of two: half a policy is a danger.
 */
@NullMarked
package io.drainwatch.watcher.configuration;

import org.jspecify.annotations.NullMarked;
