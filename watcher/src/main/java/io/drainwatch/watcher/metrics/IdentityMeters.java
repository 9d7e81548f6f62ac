package io.drainwatch.watcher.metrics;

import io.drainwatch.watcher.events.ErrorKind;
import io.drainwatch.watcher.events.Identity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Who this VM is, as far as the metadata service has told. */
final class IdentityMeters {
  private final Map<ErrorKind, Counter> errors = new EnumMap<>(ErrorKind.class);
  private volatile boolean known;

  IdentityMeters(MeterRegistry registry) {
    for (ErrorKind kind : ErrorKind.values()) {
      errors.put(
          kind,
          Counter.builder("drainwatch.identity.errors")
              .description("Questions who this VM is that brought nothing, by why")
              .tag("kind", kind.word())
              .register(registry));
    }
    Gauge.builder("drainwatch.identity.known", () -> known ? 1 : 0)
        .description("1 once the metadata service has told the vmId, 0 before")
        .register(registry);
  }

  void asked(Identity answer) {
    switch (answer) {
      case Identity.Found found -> known |= found.facts().vmId().isPresent();
      case Identity.Failed failed -> {
        Counter counter = errors.get(failed.kind());
        if (counter != null) {
          counter.increment();
        }
      }
    }
  }
}
