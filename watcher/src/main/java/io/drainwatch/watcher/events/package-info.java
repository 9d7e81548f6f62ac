/**
 * The metadata service: asks for the scheduled events, the VM's own identity, and sends
 * acknowledgements (azure-scheduled-events.md, sections 1 to 10). Reads leniently what the platform
 * writes sloppily, and never takes an error, an empty body or half a document for "no events"
 * (I10). Knows how long to wait before it asks again; decides nothing about a maintenance.
 */
@NullMarked
package io.drainwatch.watcher.events;

import org.jspecify.annotations.NullMarked;
