package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.report.ScriptResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Calls of scripts. Series appear with the first call of a hook: most machines use two or three.
 */
final class HookMeters {
  private final MeterRegistry registry;

  HookMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void called(Witness.ScriptCalled call) {
    Timer.builder("drainwatch.hook")
        .description("Calls of scripts, from start to end")
        .tag("hook", call.hook().word())
        .register(registry)
        .record(call.lasted().isNegative() ? java.time.Duration.ZERO : call.lasted());
    count(call.hook(), ScriptResult.of(call.outcome()));
  }

  /** Found in its directory, but must not run. */
  void refused(Hook hook) {
    count(hook, ScriptResult.NOT_STARTED);
  }

  private void count(Hook hook, ScriptResult result) {
    Counter.builder("drainwatch.hook.results")
        .description("Calls of scripts by what came of them")
        .tag("hook", hook.word())
        .tag("result", result.label())
        .register(registry)
        .increment();
  }
}
