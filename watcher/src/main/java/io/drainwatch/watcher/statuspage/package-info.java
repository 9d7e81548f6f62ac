/**
 * The status page of a VM: from what is known ({@code MaintenanceStatus}, {@code Health}, {@code
 * EpisodeTrace}, summaries) to a view, and from the view to HTML. Pure but for the templates that
 * are read. Every text from platform or scripts is bounded here and escaped by the template. Loaded
 * when somebody opens the page and not before.
 */
@NullMarked
package io.drainwatch.watcher.statuspage;

import org.jspecify.annotations.NullMarked;
