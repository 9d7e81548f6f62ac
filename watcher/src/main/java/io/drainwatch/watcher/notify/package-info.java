/**
 * Tells people and other programs of a maintenance: notices of the core go through an outbox to
 * sinks (CloudEvents, Slack, Microsoft Teams, Telegram, any webhook by template).
 *
 * <p>Never in the way: who gives notices never waits, each sink has a thread of its own, and a stop
 * waits for none of them. At least once: what is in the outbox file is sent after the next start,
 * and what could not be kept follows from the record once more, under the same id, except for what
 * was in the way meanwhile. In order: of each process; a leader that was sends what it has beside
 * the one that is. An outbox in a directory that goes with a pod goes with it. Bounded in memory
 * and on the disk; what is dropped or given up is said and counted.
 *
 * <p>Secrets (addresses, headers, tokens) are read anew for each request and stand in no log, error
 * or toString. Without a sink nothing of the HTTP client is loaded: {@link
 * io.drainwatch.watcher.notify.MicronautPost} is the only class that knows it.
 */
@NullMarked
package io.drainwatch.watcher.notify;

import org.jspecify.annotations.NullMarked;
