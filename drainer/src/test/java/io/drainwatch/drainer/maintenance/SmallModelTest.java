package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every way through a small model, up to a depth (L5): {@code -Ddrainwatch.depth}. Breadth first,
 * so that what is found is a shortest way to it.
 */
class SmallModelTest {
  private static final int DEPTH = Integer.getInteger("drainwatch.depth", 6);

  @Test
  void breaksNoInvariantOnAnyWay() {
    Set<SmallModel> known = new HashSet<>();
    Deque<SmallModel> front = new ArrayDeque<>();
    front.add(SmallModel.start());
    known.add(SmallModel.start().withoutWay());
    for (int depth = 0; depth < DEPTH; depth++) {
      Deque<SmallModel> next = new ArrayDeque<>();
      for (SmallModel state : front) {
        for (SmallModel.Step step : state.following()) {
          assertThat(step.broken()).as("%s", step.next().way()).isEmpty();
          if (step.next().isWorthGoingOn() && known.add(step.next().withoutWay())) {
            next.add(step.next());
          }
        }
      }
      front = next;
    }
    assertThat(known).as("the model is not trivial").hasSizeGreaterThan(1_000);
  }
}
