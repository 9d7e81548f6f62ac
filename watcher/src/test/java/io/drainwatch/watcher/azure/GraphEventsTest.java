package io.drainwatch.watcher.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.TimedDesk;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.relay.GraphWord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asking Resource Graph for all Nodes, under virtual time and without Azure. */
class GraphEventsTest {
  private static final Duration INTERVAL = Duration.ofSeconds(60);
  private static final ResourceId INSTANCE = AzureSamples.SET.instance("7");
  private static final GraphSight SEES =
      new GraphSight(
          Set.of(AzureSamples.SET.path()),
          List.of(
              new GraphEvent(
                  AzureSamples.SET.path(),
                  "abc",
                  "Reboot",
                  "Scheduled",
                  List.of("pool_7"),
                  "2026-11-22T18:00:00Z")));

  private final ModelCluster time = new ModelCluster(AzureSamples.NOW);
  private final PlayedAzure azure = new PlayedAzure();
  private final List<String> counted = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final List<GraphWord> told = new ArrayList<>();

  private WatcherQuestions.Written written = WatcherQuestions.Written.YES;

  /** By how much the clock was set. */
  private Duration set = Duration.ZERO;

  private final GraphEvents events =
      new GraphEvents(
          azure,
          INTERVAL,
          byTheClock(),
          () -> time.clock().instant().plus(set),
          new GraphListener() {
            @Override
            public void answered(Result result) {
              counted.add(result.name());
            }

            @Override
            public void standing(int nodes) {
              counted.add("nodes " + nodes);
            }
          },
          (node, question) -> {
            asked.add(node.name() + " " + question.isPresent());
            return written;
          });

  private Desk byTheClock() {
    Desk desk = new TimedDesk(time);
    return new Desk() {
      @Override
      public void run(Runnable work) {
        desk.run(work);
      }

      @Override
      public void at(Instant moment, Runnable work) {
        desk.at(moment.minus(set), work);
      }
    };
  }

  @BeforeEach
  void aNode() {
    time.addNode("n1");
    events.begins((node, word) -> told.add(word));
    events.is(node("n1", INSTANCE.path()));
  }

  private NodeFacts node(String name, String path) {
    NodeFacts facts = time.node(name).facts();
    return new NodeFacts(
        facts.name(),
        facts.uid(),
        facts.resourceVersion(),
        facts.unschedulable(),
        facts.labels(),
        facts.annotations(),
        facts.taints(),
        facts.conditions(),
        facts.readiness(),
        facts.bootId(),
        "azure://" + path,
        facts.announcements());
  }

  private void sees(GraphSight sight) {
    azure.sight = () -> new AzureAnswer.Told<>(sight);
  }

  private void fails(Trouble.Kind kind, Optional<Duration> retryAfter) {
    azure.sight =
        () ->
            new AzureAnswer.NotTold<>(
                new Trouble(
                    kind,
                    AzureCall.QUERY_EVENTS,
                    "all",
                    OptionalInt.empty(),
                    "",
                    "played",
                    retryAfter));
  }

  private void pass(Duration some) {
    time.advance(some);
  }

  private GraphWord last() {
    return told.getLast();
  }

  @Test
  void asksOnceAnIntervalForAllNodesTogether() {
    time.addNode("n2");
    events.is(node("n2", ResourceId.vm("SUB", "rg-1", "vm-2").path()));
    time.addNode("n3");
    events.is(node("n3", ResourceId.vm("sub-2", "rg-1", "vm-2").path()));
    pass(Duration.ofSeconds(16));
    assertThat(azure.looked).containsExactly(List.of("sub", "sub-2"));
    pass(Duration.ofMinutes(10));
    assertThat(azure.looked).hasSize(11);
  }

  @Test
  void asksNothingWhereNoNodeIsAVm() {
    time.addNode("n2");
    events.isGone("n1");
    events.is(node("n2", "not/of/azure"));
    pass(Duration.ofMinutes(10));
    assertThat(azure.looked).isEmpty();
  }

  @Test
  void tellsTheFleetWhatCountsOnceTheWatcherIsSilent() {
    sees(SEES);
    pass(Duration.ofSeconds(16));
    assertThat(last().isTold()).isTrue();
    assertThat(last().begins()).as("the watcher may speak yet").isFalse();
    pass(Duration.ofMinutes(5));
    assertThat(asked).as("whether it is there").containsExactly("n1 true");
    assertThat(last().begins()).isTrue();
    assertThat(last().vmName()).isEqualTo("pool_7");
    assertThat(counted).contains("COMPLETE").endsWith("nodes 1", "COMPLETE");
  }

  @Test
  void takesBackTheQuestionOnceTheGraphTellsOfNothing() {
    time.annotate("n1", NodeKeys.ASKED, "earlier");
    events.is(node("n1", INSTANCE.path()));
    fails(Trouble.Kind.SERVER, Optional.empty());
    pass(Duration.ofMinutes(3));
    assertThat(asked).as("nothing is known").isEmpty();
    sees(new GraphSight(Set.of(AzureSamples.SET.path()), List.of()));
    pass(INTERVAL);
    assertThat(asked).containsExactly("n1 false");
  }

  @Test
  void whatTheIdentityMayNotReadIsNotNoEvents() {
    sees(new GraphSight(Set.of(), List.of()));
    pass(Duration.ofMinutes(5));
    assertThat(last().isTold()).isFalse();
    assertThat(counted).contains("BLIND").doesNotContain("COMPLETE");
  }

  @Test
  void aFailedAnswerIsNoneAndIsSaidToTheFleet() {
    sees(SEES);
    pass(Duration.ofMinutes(3));
    fails(Trouble.Kind.SERVER, Optional.empty());
    pass(Duration.ofMinutes(2));
    assertThat(last().isTold()).isFalse();
    assertThat(counted).contains("FAILED").endsWith("nodes 0", "FAILED");
    azure.sight =
        () -> {
          throw new IllegalStateException("played");
        };
    pass(Duration.ofMinutes(2));
    sees(SEES);
    pass(Duration.ofMinutes(5));
    assertThat(last().begins()).as("a fault of our own ends nothing").isTrue();
  }

  @Test
  void waitsAsLongAsA429Asks() {
    fails(Trouble.Kind.THROTTLED, Optional.of(Duration.ofMinutes(10)));
    pass(Duration.ofSeconds(16));
    pass(Duration.ofMinutes(9));
    assertThat(azure.looked).hasSize(1);
    pass(Duration.ofMinutes(2));
    assertThat(azure.looked).hasSize(2);
    fails(Trouble.Kind.THROTTLED, Optional.of(Duration.ofDays(30)));
    pass(Duration.ofMinutes(140));
    assertThat(azure.looked.size()).as("an hour at most").isBetween(3, 5);
  }

  @Test
  void asksNothingOnceTheLeadershipIsLost() {
    events.ends();
    pass(Duration.ofMinutes(10));
    assertThat(azure.looked).isEmpty();
    assertThat(told).allMatch(word -> !word.isTold());
  }

  @Test
  void goesOnAtItsPaceWhenTheClockWasSet() {
    pass(Duration.ofSeconds(16));
    events.clockStepped(Duration.ofHours(-1));
    pass(Duration.ofMinutes(5));
    assertThat(azure.looked.size()).isBetween(5, 6);
  }

  @Test
  void aNodeThatCannotBeAskedKeepsNoOtherFromBeingAsked() {
    time.addNode("n2");
    events.is(node("n2", INSTANCE.path()));
    sees(SEES);
    written = WatcherQuestions.Written.REFUSED;
    pass(Duration.ofMinutes(4));
    assertThat(asked).contains("n1 true", "n2 true");
    assertThat(told).noneMatch(GraphWord::begins);
    asked.clear();
    written = WatcherQuestions.Written.NO_ANSWER;
    pass(INTERVAL);
    assertThat(asked).hasSize(1);
  }

  @Test
  void aSilentWatcherStaysSilentWhenTheClockWasSetBack() {
    sees(SEES);
    pass(Duration.ofMinutes(5));
    assertThat(last().begins()).isTrue();
    set = Duration.ofHours(-1);
    events.clockStepped(set);
    pass(Duration.ofMinutes(2));
    assertThat(last().begins()).isTrue();
  }
}
