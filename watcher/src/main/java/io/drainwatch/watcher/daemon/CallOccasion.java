package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.context.DrainContext;
import io.drainwatch.drainer.context.Effects;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Action;
import java.util.List;
import java.util.Map;

/**
 * What a script is called for.
 *
 * @param json the context as the script reads it
 * @param variables DRAIN_* and what else goes with the context
 * @param effects of the event, for contracts that have words of their own
 * @param vm the VM that it is called about: a peer's facts are its name alone
 * @param resources that the event names
 */
record CallOccasion(
    Action.RunScript run,
    DrainContext context,
    byte[] json,
    Map<String, String> variables,
    Effects effects,
    VmFacts vm,
    List<String> resources) {}
