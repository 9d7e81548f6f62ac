package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.report.MaintenanceStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** What can be read off the newest snapshot. Computed when asked for, once per snapshot. */
final class WatchGauges {
  private record Figures(Watch watch, PendingEvents pending, int ofOthers) {}

  private volatile Watch watch = Watch.idle();
  private volatile boolean journalOk = true;
  private volatile Figures figures = figuresOf(Watch.idle());

  WatchGauges(MeterRegistry registry) {
    for (EventKind kind : EventKind.values()) {
      Gauge.builder("drainwatch.events.pending", () -> pending(kind))
          .description("Events announced for this VM and not started")
          .tag("type", TypeLabel.of(kind))
          .register(registry);
      Gauge.builder("drainwatch.event.not.before", () -> earliest(kind))
          .description("Earliest NotBefore of the pending events, Unix time; 0: none")
          .baseUnit("seconds")
          .tag("type", TypeLabel.of(kind))
          .register(registry);
    }
    state(registry, "none", Optional.empty());
    for (MaintenanceState state : MaintenanceState.values()) {
      state(registry, state.word(), Optional.of(state));
    }
    Gauge.builder("drainwatch.deadline", this::deadline)
        .description("When the drain must be over, Unix time; 0: no deadline")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("drainwatch.events.other.vms", () -> figures().ofOthers())
        .description("Events of the newest document that do not name this VM")
        .register(registry);
    Gauge.builder("drainwatch.journal.ok", () -> journalOk ? 1 : 0)
        .description("1 while the record can be written, 0 when not")
        .register(registry);
  }

  void stepped(Witness.Step step) {
    watch = step.transition().watch();
    journalOk = step.notWritten().isEmpty();
  }

  private void state(MeterRegistry registry, String word, Optional<MaintenanceState> state) {
    Gauge.builder(
            "drainwatch.state", () -> watch.episode().map(Episode::state).equals(state) ? 1 : 0)
        .description("1 for the state of the maintenance, 0 for the others; none: no maintenance")
        .tag("state", word)
        .register(registry);
  }

  private double pending(EventKind kind) {
    return figures().pending().count().getOrDefault(kind, 0);
  }

  private double earliest(EventKind kind) {
    return Optional.ofNullable(figures().pending().earliest().get(kind))
        .map(UnixTime::of)
        .orElse(0.0);
  }

  private double deadline() {
    return watch.episode().flatMap(Episode::deadline).map(UnixTime::of).orElse(0.0);
  }

  // a document may have thousands of events, and one scrape asks some twenty times
  @SuppressWarnings("ReferenceEquality")
  private Figures figures() {
    Watch now = watch;
    Figures known = figures;
    if (known.watch() != now) {
      known = figuresOf(now);
      figures = known;
    }
    return known;
  }

  private static Figures figuresOf(Watch watch) {
    return new Figures(watch, PendingEvents.of(watch), MaintenanceStatus.eventsOfOtherVms(watch));
  }
}
