package io.drainwatch.watcher.simulator.platform;

import io.drainwatch.drainer.maintenance.EventKind;
import java.util.Optional;

/**
 * The versions of the scheduled events (azure-scheduled-events.md, section 2), oldest first. Older
 * versions leave out the fields and the types that came later.
 */
public enum ApiVersion {
  /** Preview: names with a leading underscore, and no header demanded. */
  V2017_03_01("2017-03-01"),
  V2017_08_01("2017-08-01"),
  V2017_11_01("2017-11-01"),
  V2019_01_01("2019-01-01"),
  V2019_04_01("2019-04-01"),
  V2019_08_01("2019-08-01"),
  V2020_07_01("2020-07-01"),
  /** Preview behind a feature flag: answered only if asked for in the settings. */
  V2024_07_09("2024-07-09");

  private final String text;

  ApiVersion(String text) {
    this.text = text;
  }

  public static Optional<ApiVersion> of(String text) {
    for (ApiVersion version : values()) {
      if (version.text.equals(text)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  public String text() {
    return text;
  }

  public boolean isAtLeast(ApiVersion other) {
    return compareTo(other) >= 0;
  }

  public boolean demandsHeader() {
    return isAtLeast(V2017_08_01);
  }

  boolean underscoresNames() {
    return this == V2017_03_01;
  }

  boolean knows(EventKind kind) {
    return switch (kind) {
      case FREEZE, REBOOT, REDEPLOY, UNKNOWN -> true;
      case PREEMPT -> isAtLeast(V2017_11_01);
      case TERMINATE -> isAtLeast(V2019_01_01);
      case SPOT_REBALANCE_RECOMMENDATION -> isAtLeast(V2024_07_09);
    };
  }
}
