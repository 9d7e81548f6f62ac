package io.drainwatch.watcher.doctor;

import io.drainwatch.drainer.scripts.HookListing;
import java.nio.file.Path;
import java.util.List;

/**
 * The scripts.
 *
 * @param unknown directories that no hook is named for
 */
public record HookFacts(List<Path> directories, List<HookListing> listings, List<String> unknown) {
  public HookFacts {
    directories = List.copyOf(directories);
    listings = List.copyOf(listings);
    unknown = List.copyOf(unknown);
  }
}
