package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Node's side is told of the core's steps. */
class NodeDeedsTest {
  private final Lifecycle lifecycle = new Lifecycle(LifecycleSettings.defaults());
  private final List<String> told = new ArrayList<>();
  private final NodeDeeds deeds =
      new NodeDeeds(
          new NodeSide() {
            @Override
            public void start(Consumer<Observation> report, Inside inside) {}

            @Override
            public void stepped(Watch watch, List<Action> asked) {
              told.add("changed");
            }

            @Override
            public void readAgain(Watch watch) {
              told.add("read at " + watch.newest().orElseThrow().readAt());
            }

            @Override
            public void clockStepped(Duration by) {}

            @Override
            public void close() {}
          });
  private Watch watch = Watch.idle();
  private Instant now = Instant.parse("2026-11-01T12:00:00Z");

  @BeforeEach
  void begin() {
    step(new Observation.DaemonStarted(new Machine("vm-1", Optional.of("id-1"), "boot-1", false)));
    step(read(7));
    told.clear();
  }

  private Observation read(int incarnation) {
    return new Observation.DocumentRead(new Document(OptionalLong.of(incarnation), List.of(), now));
  }

  private void step(Observation observation) {
    now = now.plusSeconds(1);
    Watch before = watch;
    Transition transition = lifecycle.next(before, observation, now);
    watch = transition.watch();
    deeds.stepped(
        new Witness.Step(before, observation, transition, now, Optional.empty(), List.of()));
  }

  @Test
  void tellsOfADocumentThatSaysTheSameThatItWasRead() {
    Instant readAt = now;
    step(read(7));
    assertThat(told).containsExactly("read at " + readAt);
  }

  @Test
  void tellsOfOneThatSaysSomethingElseAsAChange() {
    step(read(8));
    assertThat(told).containsExactly("changed");
  }

  @Test
  void tellsNothingOfAStepThatReadNothing() {
    step(new Observation.Tick());
    step(new Observation.ReadFailed());
    assertThat(told).isEmpty();
  }
}
