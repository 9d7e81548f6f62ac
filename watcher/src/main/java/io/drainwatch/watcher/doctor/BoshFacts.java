package io.drainwatch.watcher.doctor;

import io.drainwatch.drainer.bosh.BoshListing;
import java.nio.file.Path;
import java.util.List;

/**
 * The scripts of BOSH's jobs.
 *
 * @param found whether the base is a directory
 * @param listings one for each kind of script
 * @param skipDrain as configured
 * @param missingPrograms programs of {@code bosh.stop} and {@code bosh.start} that this user cannot
 *     run
 */
public record BoshFacts(
    Path base,
    boolean found,
    List<BoshListing> listings,
    List<String> skipDrain,
    List<Path> missingPrograms) {
  public BoshFacts {
    listings = List.copyOf(listings);
    skipDrain = List.copyOf(skipDrain);
    missingPrograms = List.copyOf(missingPrograms);
  }

  /** Whether any job has a script, which runs or is refused. */
  boolean hasScripts() {
    return listings.stream().anyMatch(listing -> !listing.scripts().isEmpty());
  }
}
