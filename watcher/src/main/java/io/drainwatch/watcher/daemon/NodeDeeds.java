package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.maintenance.WatchNews;
import io.drainwatch.watcher.events.Poll;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gathers what a step asks of the Node and hands it over with the state that it led to, so that the
 * Node's record is never written from an older one. Runs on the folding thread alone.
 */
final class NodeDeeds implements Deeds, Witness {
  private final NodeSide side;
  private final List<Action> asked = new ArrayList<>();

  NodeDeeds(NodeSide side) {
    this.side = side;
  }

  @Override
  public boolean carryOut(Action action, Watch watch, Consumer<Observation> report) {
    return switch (action) {
      case Action.Cordon cordon -> asked.add(cordon);
      case Action.StartEvictions start -> asked.add(start);
      case Action.StopEvictions stop -> asked.add(stop);
      case Action.Uncordon uncordon -> asked.add(uncordon);
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

  @Override
  public void polled(Poll poll) {
    side.polled();
  }

  @Override
  public void stepped(Step step) {
    if (step.observation() instanceof Observation.ClockStepped(var by)) {
      side.clockStepped(by);
    }
    Watch now = step.transition().watch();
    WatchNews news = WatchNews.of(step.before(), now);
    if (!asked.isEmpty() || news == WatchNews.CHANGED) {
      side.stepped(now, List.copyOf(asked));
      asked.clear();
    } else if (news == WatchNews.READ_AGAIN) {
      side.readAgain(now);
    }
  }
}
