package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Watch;
import java.util.function.Consumer;

/** Carries out one kind of action. Returns at once; what comes of it is reported later. */
interface Deeds {

  /**
   * @param watch as it stands after the step that asked for the action
   * @return whether the action was of this kind
   */
  boolean carryOut(Action action, Watch watch, Consumer<Observation> report);
}
