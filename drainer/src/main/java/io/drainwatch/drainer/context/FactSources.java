package io.drainwatch.drainer.context;

import java.util.Optional;

/**
 * Where the facts are from by which a disposition is told: {@code metadata} (the compute document),
 * {@code resource-manager}, or {@code assumed} (nobody tells; the worse case counts). Empty: the
 * question does not arise.
 *
 * @param evictionPolicy of a Spot VM
 * @param osDisk whether it is ephemeral
 * @param deleteOptions of the disks
 */
public record FactSources(
    Optional<String> evictionPolicy, Optional<String> osDisk, Optional<String> deleteOptions) {
  public static final String METADATA = "metadata";
  public static final String RESOURCE_MANAGER = "resource-manager";
  public static final String ASSUMED = "assumed";
}
