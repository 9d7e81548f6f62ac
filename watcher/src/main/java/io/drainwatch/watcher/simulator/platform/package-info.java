/**
 * What the platform does to VMs, as values: scheduled events and their life, VMs that go and come
 * back, the documents by API version, and the faults that are asked for. Pure: time and ids are
 * arguments; no clock, thread, socket or file. An event never moves backwards and keeps its id; the
 * incarnation grows by one with every change of the document and with nothing else.
 */
@NullMarked
package io.drainwatch.watcher.simulator.platform;

import org.jspecify.annotations.NullMarked;
