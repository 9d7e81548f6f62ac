package io.drainwatch.watcher.azure;

import java.time.Instant;
import java.util.Optional;

/**
 * A window in which the owner may have the platform's maintenance done at a time of their own
 * choice ({@code maintenanceRedeployStatus}).
 *
 * @param selfService whether it may be started now
 * @param lastResult {@code None}, {@code RetryLater}, {@code MaintenanceAborted}, {@code
 *     MaintenanceCompleted}; may be empty
 */
public record PlannedMaintenance(
    boolean selfService,
    Optional<Instant> selfServiceFrom,
    Optional<Instant> selfServiceUntil,
    Optional<Instant> from,
    Optional<Instant> until,
    String lastResult,
    String lastMessage) {}
