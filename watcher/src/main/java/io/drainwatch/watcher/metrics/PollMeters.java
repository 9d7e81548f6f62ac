package io.drainwatch.watcher.metrics;

import io.drainwatch.watcher.events.ClientState;
import io.drainwatch.watcher.events.ErrorKind;
import io.drainwatch.watcher.events.Poll;
import io.drainwatch.watcher.events.PollResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The metadata service, poll by poll. */
final class PollMeters {
  /** Around the promise of 0.2 s on top of the poll interval (reliability.md, "Figures"). */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(200),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30)
  };

  private final Timer latency;
  private final Counter empty;
  private final Map<ErrorKind, Counter> errors = new EnumMap<>(ErrorKind.class);
  private volatile ClientState state = ClientState.WARMING;
  private volatile double lastDocument;

  PollMeters(MeterRegistry registry) {
    latency =
        Timer.builder("drainwatch.poll")
            .description("Polls that brought a valid document, from the request to the last byte")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    empty =
        Counter.builder("drainwatch.poll.empty")
            .description("Polls answered with an empty body, which is no news")
            .register(registry);
    for (ErrorKind kind : ErrorKind.values()) {
      errors.put(
          kind,
          Counter.builder("drainwatch.poll.errors")
              .description("Polls that brought nothing, by why")
              .tag("kind", kind.word())
              .register(registry));
    }
    for (ClientState each : ClientState.values()) {
      Gauge.builder("drainwatch.metadata.state", () -> state == each ? 1 : 0)
          .description("1 for how the metadata service is doing for us, 0 for the other states")
          .tag("state", each.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("drainwatch.last.document.timestamp", () -> lastDocument)
        .description("When the last valid document was read, Unix time; 0: none yet")
        .baseUnit("seconds")
        .register(registry);
  }

  void polled(Poll poll) {
    state = poll.state();
    switch (poll.result()) {
      case PollResult.Valid valid -> {
        latency.record(valid.latency());
        lastDocument = UnixTime.of(valid.document().readAt());
      }
      case PollResult.Empty() -> empty.increment();
      case PollResult.Failed failed -> {
        Counter counter = errors.get(failed.kind());
        if (counter != null) {
          counter.increment();
        }
      }
    }
  }
}
