package io.drainwatch.watcher.operator;

import io.drainwatch.watcher.configuration.DrainwatchSettings;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** Shell: asks the daemon for its status again and again, over one connection while it lasts. */
public final class StatusAsking implements AutoCloseable {
  private final DrainwatchSettings settings;
  private final String version;
  private final InstantSource clock;
  private final Optional<DaemonCalls> calls;

  private StatusAsking(
      DrainwatchSettings settings,
      String version,
      InstantSource clock,
      Optional<DaemonCalls> calls) {
    this.settings = settings;
    this.version = version;
    this.clock = clock;
    this.calls = calls;
  }

  /**
   * @param version of this program
   */
  public static StatusAsking of(DrainwatchSettings settings, String version, InstantSource clock) {
    Optional<URI> address = DaemonAddress.of(settings.server());
    return new StatusAsking(settings, version, clock, address.map(DaemonCalls::new));
  }

  public StatusReading ask() {
    Asked asked =
        calls
            .map(each -> Asked.of(each, StatusReading.PATH))
            .orElseGet(() -> Asked.of(settings, StatusReading.PATH));
    return StatusReading.of(asked, settings, version, clock.instant());
  }

  @Override
  public void close() {
    calls.ifPresent(DaemonCalls::close);
  }
}
