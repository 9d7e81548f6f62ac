package io.drainwatch.drainer.slipstream;

import io.drainwatch.drainer.maintenance.Contract;
import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Everything found for a hook, in run order. Entries that do not run are among them, so that {@code
 * hooks list} can say why.
 */
public record SlipStreamListing(SlipStreamHook hook, List<Target> targets) {

  public SlipStreamListing {
    targets = List.copyOf(targets);
  }

  /**
   * One file.
   *
   * @param subTarget its name in the hook's directory; empty where the hook is a file itself
   */
  public record Target(Optional<String> subTarget, HookEntry entry) {}

  /** What is run or refused; to be called one after another, whatever becomes of each. */
  public List<Target> scripts() {
    return targets.stream().filter(target -> target.entry().counts()).toList();
  }

  /** What looks like a mistake: skipped, but not silently. */
  public List<Target> warnings() {
    return targets.stream()
        .filter(
            target ->
                target.entry().verdict() instanceof Verdict.Skipped skipped && !skipped.silent())
        .toList();
  }

  /** The scripts for the core, under the names of this occasion, in run order. */
  public List<PlannedScript> planned(ScalingOccasion occasion) {
    Optional<String> obstacle = occasion.obstacle();
    return scripts().stream()
        .map(
            target ->
                new PlannedScript(
                    occasion.script(target.subTarget()).name(),
                    Contract.SLIPSTREAM,
                    refusal(target.entry()).or(() -> obstacle)))
        .toList();
  }

  private static Optional<String> refusal(HookEntry entry) {
    return entry.verdict() instanceof Verdict.Refused refused
        ? Optional.of(refused.refusal().text())
        : Optional.empty();
  }
}
