package io.drainwatch.watcher.azure;

import java.util.Optional;

/**
 * A VM, or the VMs of a scale set, that Azure may evict.
 *
 * @param evictionPolicy {@code Deallocate} or {@code Delete} as told; empty reads as Deallocate
 *     here: that is Resource Manager's default (the metadata service's empty is Delete)
 */
public record Spot(Optional<String> evictionPolicy) {
  public boolean deletes() {
    return evictionPolicy.filter("Delete"::equalsIgnoreCase).isPresent();
  }
}
