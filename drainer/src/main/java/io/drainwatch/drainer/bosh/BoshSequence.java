package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.maintenance.Hook;
import java.util.List;
import java.util.stream.Stream;

/**
 * What follows what (drain-scripts.md 3.2). Each step begins when the one before is through for all
 * jobs; a step that fails is the last.
 */
public final class BoshSequence {

  /** One step of the way. */
  public sealed interface Step {
    /** With which hook it runs. */
    Hook hook();

    /** The script of all jobs that have it, in parallel. */
    record Scripts(BoshScript script) implements Step {
      @Override
      public Hook hook() {
        return script.hook();
      }
    }

    /** {@code bosh.stop}, one after another. */
    record StopCommands() implements Step {
      @Override
      public Hook hook() {
        return Hook.DRAIN;
      }
    }

    /** {@code bosh.start}, one after another. */
    record StartCommands() implements Step {
      @Override
      public Hook hook() {
        return Hook.PRE_START;
      }
    }
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

  /** What runs with that hook; nothing with most. */
  public static List<Step> of(Hook hook) {
    return Stream.concat(draining().stream(), returning().stream())
        .filter(step -> step.hook() == hook)
        .toList();
  }

  /** The way back into service. */
  public static List<Step> returning() {
    return List.of(
        new Step.Scripts(BoshScript.PRE_START),
        new Step.StartCommands(),
        new Step.Scripts(BoshScript.POST_START));
  }
}
