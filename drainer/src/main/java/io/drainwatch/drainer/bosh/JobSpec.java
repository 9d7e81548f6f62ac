package io.drainwatch.drainer.bosh;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to run on a VM, before or after a change: as much of BOSH's apply spec as drain scripts
 * are told of.
 *
 * @param persistentDisk in MB; empty: nothing is said of it
 * @param packages name to version or fingerprint: another text means that the package has changed
 * @param configuration a hash of the rendered configuration; empty: nothing is said of it
 */
public record JobSpec(
    OptionalLong persistentDisk, Map<String, String> packages, Optional<String> configuration) {

  public JobSpec {
    packages = Map.copyOf(packages);
    if (packages.keySet().stream().anyMatch(name -> name.isEmpty() || name.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException(
          "a package needs a name, without NUL: " + packages.keySet());
    }
  }

  /** With a persistent disk of that size and no packages. */
  public static JobSpec withDisk(long megabytes) {
    return new JobSpec(OptionalLong.of(megabytes), Map.of(), Optional.empty());
  }

  /** The same with these packages. */
  public JobSpec with(Map<String, String> packages) {
    return new JobSpec(persistentDisk, packages, configuration);
  }

  JobState state() {
    return persistentDisk.isPresent()
        ? JobState.ofPersistentDisk(persistentDisk.getAsLong())
        : new JobState.NotSet();
  }
}
