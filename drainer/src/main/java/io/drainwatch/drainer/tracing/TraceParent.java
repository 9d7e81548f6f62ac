package io.drainwatch.drainer.tracing;

import io.drainwatch.drainer.maintenance.Hook;

/** W3C Trace Context: under which span a script may go on with the trace. */
public final class TraceParent {
  /** As the environment of a process carries it. */
  public static final String VARIABLE = "TRACEPARENT";

  private TraceParent() {}

  /**
   * @param maintenance the id of the episode
   */
  public static String of(String maintenance, Hook hook, String script) {
    return "00-"
        + TraceId.of(maintenance).hex()
        + '-'
        + SpanId.of(maintenance, hook, script).hex()
        + "-01";
  }
}
