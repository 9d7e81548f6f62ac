package io.drainwatch.watcher.azure;

import java.util.Optional;

/**
 * The model of a scale set: what new instances are made from.
 *
 * @param upgradeMode Manual, Rolling or Automatic; may be empty
 * @param managedByAks its model is the cluster's, and changes made beside it are undone
 */
public record ScaleSet(
    ResourceId id,
    boolean flexible,
    Optional<Spot> spot,
    EventsPolicy policy,
    Notification terminateNotification,
    Notification osImageNotification,
    boolean automaticOsUpgrades,
    String upgradeMode,
    boolean hasIdentity,
    DiskFacts disks,
    boolean managedByAks) {}
