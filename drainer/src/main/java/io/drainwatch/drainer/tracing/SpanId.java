package io.drainwatch.drainer.tracing;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;

/**
 * Of a span in its maintenance: follows from both.
 *
 * @param hex 16 digits
 */
public record SpanId(String hex) {
  private static final int BYTES = 8;

  static SpanId ofTheWhole(String maintenance) {
    return of(maintenance, "maintenance");
  }

  static SpanId of(String maintenance, MaintenanceState state) {
    return of(maintenance, "state\n" + state.word());
  }

  static SpanId of(String maintenance, Hook hook) {
    return of(maintenance, "hook\n" + hook.word());
  }

  /** All calls of a script are one span. */
  static SpanId of(String maintenance, Hook hook, String script) {
    return of(maintenance, "script\n" + hook.word() + "\n" + script);
  }

  private static SpanId of(String maintenance, String what) {
    return new SpanId(TraceId.hash("drainwatch span\n" + maintenance + "\n" + what, BYTES));
  }
}
