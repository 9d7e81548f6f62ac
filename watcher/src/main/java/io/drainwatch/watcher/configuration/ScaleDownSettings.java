package io.drainwatch.watcher.configuration;

import java.util.List;

/**
 * {@code drainwatch.scale-down.*} (scale-down.md): the clean-up behind StatefulSets that are scaled
 * down, by the drainer.
 *
 * @param namespaces names, {@link #OWN}, or {@link #ALL} alone
 */
public record ScaleDownSettings(boolean enabled, List<String> namespaces) {
  /** The namespace that the drainer is in. */
  public static final String OWN = "own";

  public static final String ALL = "all";

  public ScaleDownSettings {
    namespaces = List.copyOf(namespaces);
  }

  static ScaleDownSettings off() {
    return new ScaleDownSettings(false, List.of(OWN));
  }
}
