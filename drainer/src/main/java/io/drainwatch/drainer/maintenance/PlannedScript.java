package io.drainwatch.drainer.maintenance;

import java.util.Optional;

/**
 * A script of a hook as the shell found it.
 *
 * @param refusal why it must not run (drain-scripts.md 1.2); it counts as failed then
 */
public record PlannedScript(String name, Contract contract, Optional<String> refusal) {
  public static PlannedScript runs(String name) {
    return runs(name, Contract.NATIVE);
  }

  public static PlannedScript runs(String name, Contract contract) {
    return new PlannedScript(name, contract, Optional.empty());
  }
}
