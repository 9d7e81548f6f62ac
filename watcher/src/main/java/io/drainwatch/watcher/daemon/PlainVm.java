package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Watch;
import java.util.List;
import java.util.function.Consumer;

/**
 * A VM without an orchestrator: new work is kept out by the cordon hook, nothing is evicted. So
 * these actions are done the moment they are asked for; the hooks beside them do the work.
 */
final class PlainVm implements Deeds {

  @Override
  public boolean carryOut(Action action, Watch watch, Consumer<Observation> report) {
    return switch (action) {
      case Action.Cordon() -> {
        report.accept(new Observation.CordonDone(true));
        yield true;
      }
      case Action.StartEvictions ignored -> {
        report.accept(new Observation.EvictionsEnded(List.of()));
        yield true;
      }
      case Action.StopEvictions() -> true;
      case Action.Uncordon ignored -> {
        report.accept(new Observation.UncordonDone());
        yield true;
      }
      case Action.Enter ignored -> false;
      case Action.ListHook ignored -> false;
      case Action.RunScript ignored -> false;
      case Action.WouldRun ignored -> false;
      case Action.EndScript ignored -> false;
      case Action.RefreshContext ignored -> false;
      case Action.Acknowledge ignored -> false;
      case Action.Notify ignored -> false;
      case Action.SetAside ignored -> false;
      case Action.Summarize ignored -> false;
    };
  }
}
