package io.drainwatch.watcher.azure;

import java.time.InstantSource;

/** Makes {@link AzureResources}; found as a service in the directory of {@link AzureLibrary}. */
public interface AzureAccess {

  /** Asks nobody for anything yet. */
  AzureResources open(AzureSettings settings, InstantSource clock);
}
