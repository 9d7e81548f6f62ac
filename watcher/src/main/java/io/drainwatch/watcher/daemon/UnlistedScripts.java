package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Contract;
import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.ScriptOutput;
import java.util.Locale;
import java.util.Optional;

/**
 * Stands for scripts that could not be listed: nobody knows of them, so nothing is called drained.
 */
final class UnlistedScripts implements FoundScript {
  private final String of;
  private final String why;

  UnlistedScripts(ContractScripts contract, String why) {
    this.of = contract.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    this.why = why;
  }

  @Override
  public PlannedScript planned() {
    return new PlannedScript(
        of + "/*", Contract.NATIVE, Optional.of("its scripts cannot be listed: " + why));
  }

  @Override
  public String file() {
    return of;
  }

  @Override
  public Optional<String> peer() {
    return Optional.empty();
  }

  @Override
  public PreparedCall prepare(CallOccasion occasion, ScriptOutput log) {
    return new PreparedCall.Impossible(new ScriptOutcome.NotStarted(why));
  }
}
