package io.drainwatch.watcher.azure;

import java.util.List;

/** What a resource group holds; instances of Uniform scale sets are not VMs of their own. */
public record Inventory(List<ResourceId> vms, List<ResourceId> scaleSets) {
  public Inventory {
    vms = List.copyOf(vms);
    scaleSets = List.copyOf(scaleSets);
  }
}
