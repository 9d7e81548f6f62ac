package io.drainwatch.watcher.doctor;

import io.drainwatch.drainer.slipstream.SlipStreamListing;
import java.nio.file.Path;
import java.util.List;

/**
 * SlipStream's hooks.
 *
 * @param found whether the directory is one
 * @param listings one for each hook
 */
public record SlipStreamFacts(Path directory, boolean found, List<SlipStreamListing> listings) {
  public SlipStreamFacts {
    listings = List.copyOf(listings);
  }

  /** Whether any hook has a script, which runs or is refused. */
  boolean hasScripts() {
    return listings.stream().anyMatch(listing -> !listing.scripts().isEmpty());
  }
}
