package io.drainwatch.watcher;

import io.drainwatch.watcher.daemon.Daemon;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.tracing.Tracer;
import io.drainwatch.watcher.tracing.TracingSettings;
import java.time.InstantSource;

/** The traces of a daemon, put together. All that is loaded of them where there are none. */
final class Tracing implements AutoCloseable {
  private final Tracer tracer;

  Tracing(TracingSettings settings, String version, InstantSource clock) {
    tracer = Tracer.of(settings, version, clock);
  }

  Witness witness() {
    return tracer;
  }

  /**
   * @param daemon prepared and not begun
   */
  void begin(Daemon daemon) {
    tracer.begin(daemon.watch().episode(), LastEpisodes.in(daemon.stateDirectory()));
  }

  @Override
  public void close() {
    tracer.close();
  }
}
