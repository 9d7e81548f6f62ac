package io.drainwatch.drainer.bosh;

import java.util.List;

/**
 * What follows what (drain-scripts.md 3.2). Each step begins when the one before is through for all
 * jobs; a step that fails is the last.
 */
public final class BoshSequence {

  /** One step of the way. */
  public sealed interface Step {
    /** The script of all jobs that have it, in parallel. */
    record Scripts(BoshScript script) implements Step {}

    /** {@code bosh.stop}, one after another. */
    record StopCommands() implements Step {}

    /** {@code bosh.start}, one after another. */
    record StartCommands() implements Step {}
  }

  private BoshSequence() {}

  /** The way out of service. */
  public static List<Step> draining() {
    return List.of(
        new Step.Scripts(BoshScript.PRE_STOP),
        new Step.Scripts(BoshScript.DRAIN),
        new Step.StopCommands(),
        new Step.Scripts(BoshScript.POST_STOP));
  }

  /** The way back into service. */
  public static List<Step> returning() {
    return List.of(
        new Step.Scripts(BoshScript.PRE_START),
        new Step.StartCommands(),
        new Step.Scripts(BoshScript.POST_START));
  }
}
