package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.maintenance.Hook;
import java.util.Map;

/** The {@code DRAIN_*} variables of each call of a run by hand. Called by several threads. */
@FunctionalInterface
public interface CallVariables {

  /**
   * @param job as in {@link ScriptReport#job}
   * @param call from 1; a drain may be called again
   */
  Map<String, String> of(Hook hook, String job, int call);

  /** The same for every call. */
  static CallVariables same(Map<String, String> variables) {
    Map<String, String> kept = Map.copyOf(variables);
    return (hook, job, call) -> kept;
  }
}
