package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PaperNode;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import io.drainwatch.drainer.nodework.PaperCore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * What the watcher of form {@code controller} does when an event comes, on paper: loads the classes
 * that telling it needs at once. Touches nothing.
 */
public final class PaperNote {
  private static final int MOST_STEPS = 20;

  private PaperNote() {}

  /**
   * @return how often the note was written and the answer taken
   */
  public static int write(Instant now) {
    PaperNode paper = new PaperNode(0);
    PaperCore core = new PaperCore();
    core.begin(paper, now);
    DistantWork work = new DistantWork(Policy.defaults(), true);
    DistantState state = DistantState.of(PaperNode.NAME);
    Deque<DistantObservation> inbox = new ArrayDeque<>();
    inbox.add(new DistantObservation.NodeSeen(new NodeReading.Found(paper.node())));
    inbox.add(new DistantObservation.Stepped(core.watch(), Health.OK, Set.of()));
    int written = 0;
    for (int i = 0; i < MOST_STEPS && !inbox.isEmpty(); i++) {
      DistantObservation observation = inbox.removeFirst();
      DistantStep step = work.next(state, observation, now);
      state = step.state();
      if (observation instanceof DistantObservation.Written) {
        written++;
      }
      for (DistantAction action : step.actions()) {
        if (action instanceof DistantAction.Patch(var patch)) {
          inbox.add(new DistantObservation.Written(paper.patched(patch)));
          inbox.add(new DistantObservation.NodeSeen(new NodeReading.Found(paper.node())));
        }
      }
    }
    return written;
  }
}
