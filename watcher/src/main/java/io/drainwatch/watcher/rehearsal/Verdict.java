package io.drainwatch.watcher.rehearsal;

import io.drainwatch.drainer.maintenance.Summary;
import java.time.Duration;
import java.util.Optional;

/**
 * How the rehearsal ended.
 *
 * @param passed the machine came back; for an event that deletes it, it was acknowledged
 * @param summary of the episode; empty when it did not end in time
 */
public record Verdict(
    boolean passed,
    String sentence,
    Duration lasted,
    boolean acknowledged,
    Optional<Summary> summary) {}
