package io.drainwatch.watcher.events;

import java.time.Instant;
import java.util.Optional;

/**
 * How the client stands, for the status page, health and metrics.
 *
 * @param version the API version asked for at the moment
 * @param versionConfirmed whether the service has answered for it
 * @param lastValidAt when the last valid document was read
 */
public record MetadataStatus(
    ClientState state,
    String version,
    boolean versionConfirmed,
    Optional<Instant> lastValidAt,
    int failuresInARow) {}
