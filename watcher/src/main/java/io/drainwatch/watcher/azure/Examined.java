package io.drainwatch.watcher.azure;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that was read for {@code drainwatch azure doctor}. */
public sealed interface Examined {

  /**
   * A VM or an instance.
   *
   * @param permissions empty: they were not asked for
   * @param tempDiskUse what is on the temp disk, in words; only known on the VM itself
   */
  record OfVm(
      AzureVm vm, Optional<AzureAnswer<Permissions>> permissions, Optional<String> tempDiskUse)
      implements Examined {}

  /** A scale set with its members. */
  record OfScaleSet(
      ScaleSet set,
      AzureAnswer<List<ScaleSetMember>> members,
      List<AzureAnswer<AzureVm>> instances,
      Optional<AzureAnswer<Permissions>> permissions)
      implements Examined {
    public OfScaleSet {
      instances = List.copyOf(instances);
    }
  }

  /** What could not be read at all. */
  record Unread(Trouble trouble) implements Examined {}

  /**
   * What is judged beside the settings.
   *
   * @param features whose actions our identity must be allowed
   */
  record Question(Set<Feature> features, java.time.Instant now) {
    public Question {
      features = Set.copyOf(features);
    }
  }
}
