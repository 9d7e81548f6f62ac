package io.drainwatch.drainer.bosh;

import java.util.Map;
import java.util.TreeMap;

/**
 * The variables of a call, on top of the daemon's cleaned environment (drain-scripts.md 3.3, 3.4).
 *
 * <p>What BOSH's contract names cannot be overridden by the drain context's variables.
 */
public final class BoshEnvironment {

  /** Fixed, as in BOSH. */
  public static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  private BoshEnvironment() {}

  /**
   * Of a drain.
   *
   * @param context the {@code DRAIN_*} variables; empty when {@code bosh.drain-variables} is off
   * @throws IllegalArgumentException when a state cannot be built: see {@link
   *     DrainParameters#problem}
   */
  public static Map<String, String> ofDrain(
      DrainParameters parameters, Map<String, String> context) {
    Map<String, String> variables = ofCommand(context);
    put(variables, "BOSH_JOB_STATE", parameters.present());
    put(variables, "BOSH_JOB_NEXT_STATE", parameters.next());
    return variables;
  }

  /**
   * Of the other four; only pre-stop is told what comes next.
   *
   * @param context the {@code DRAIN_*} variables; empty when {@code bosh.drain-variables} is off
   */
  public static Map<String, String> of(
      BoshScript script, NextStates next, Map<String, String> context) {
    Map<String, String> variables = ofCommand(context);
    switch (script) {
      case PRE_STOP -> variables.putAll(next.variables());
      case DRAIN, POST_STOP, PRE_START, POST_START -> {}
    }
    return variables;
  }

  /** Of a command between the scripts. */
  static Map<String, String> ofCommand(Map<String, String> context) {
    Map<String, String> variables = new TreeMap<>(context);
    variables.put("PATH", PATH);
    return variables;
  }

  private static void put(Map<String, String> variables, String name, JobState state) {
    switch (state) {
      case JobState.Known(String json) -> variables.put(name, json);
      case JobState.NotSet() -> variables.remove(name);
      case JobState.CannotBeBuilt(String why) ->
          throw new IllegalArgumentException(name + " cannot be built: " + why);
    }
  }
}
