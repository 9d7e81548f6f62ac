package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.context.Effects;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a script is called for.
 *
 * @param id by which the script recognises repeats
 * @param argument {@code $2} of a native script
 * @param json the context as the script reads it; empty where no event tells
 * @param drainVariables DRAIN_*, which BOSH and SlipStream mode can switch off for themselves
 * @param otherVariables EVENT_* of webdevops' tool, TRACEPARENT: each has a switch of its own
 * @param effects of the event, for contracts that have words of their own
 * @param vm the VM that it is called about: a peer's facts are its name alone
 * @param resources that the event names
 */
record CallOccasion(
    Action.RunScript run,
    String id,
    String argument,
    byte[] json,
    Map<String, String> drainVariables,
    Map<String, String> otherVariables,
    Effects effects,
    VmFacts vm,
    List<String> resources) {

  /**
   * @param withDrain whether this contract's scripts get DRAIN_*
   */
  Map<String, String> variables(boolean withDrain) {
    Map<String, String> variables = new HashMap<>(otherVariables);
    if (withDrain) {
      variables.putAll(drainVariables);
    }
    return variables;
  }
}
