package io.drainwatch.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.evictions.EvictionNotice;
import io.drainwatch.drainer.evictions.Pods;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.VirtualVm;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.drainer.notify.NoticeFilter;
import io.drainwatch.drainer.notify.NoticeKind;
import io.drainwatch.drainer.notify.Outbox;
import io.drainwatch.watcher.daemon.NodeSide;
import io.drainwatch.watcher.daemon.SilentNode;
import io.drainwatch.watcher.events.ClientState;
import io.drainwatch.watcher.events.Poll;
import io.drainwatch.watcher.events.PollResult;
import io.drainwatch.watcher.notify.DeliveryCounts;
import io.drainwatch.watcher.notify.NotificationSettings;
import io.drainwatch.watcher.notify.Secret;
import io.drainwatch.watcher.notify.SinkKind;
import io.drainwatch.watcher.notify.SinkSettings;
import io.drainwatch.watcher.report.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** What the daemon of a Node takes into its outbox; nothing is sent here. */
class TellingTest {
  private static final String ID = "7CB1D0F4-0001-4E0A-9A6E-0000000000A1";

  private static final Poll POLL =
      new Poll(new PollResult.Empty(), Duration.ofSeconds(1), ClientState.OK, Map.of());

  private final Map<String, IntSupplier> waiting = new HashMap<>();
  private final AtomicLong nanoseconds = new AtomicLong();
  private final AtomicReference<Instant> now = new AtomicReference<>(VirtualVm.START);

  /** A Node of pool blue, on which nothing is done. */
  private static final class BlueNode extends SilentNode {
    @Override
    public Optional<String> nodeName() {
      return Optional.of("aks-1");
    }

    @Override
    public Optional<String> pool() {
      return Optional.of("blue");
    }
  }

  private static SinkSettings sink(String name, NoticeFilter filter) {
    return new SinkSettings(
        name,
        SinkKind.CLOUDEVENTS,
        new Secret.Given("https://example.com"),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        filter,
        Optional.empty(),
        Optional.empty(),
        SinkSettings.DEFAULT_TIMEOUT,
        Optional.empty(),
        SinkSettings.DEFAULT_CONTENT_TYPE);
  }

  private Telling telling(SinkSettings... sinks) {
    return new Telling(
        new NotificationSettings(Duration.ofDays(1), List.of(sinks), Outbox.MOST_OF_A_VM),
        now::get,
        new DeliveryCounts() {
          @Override
          public void sink(String sink, IntSupplier number) {
            waiting.put(sink, number);
          }
        },
        LifecycleSettings.defaults().withRecordOnNode(),
        Optional.of(new BlueNode()),
        nanoseconds::get);
  }

  private int waiting(String sink) {
    return waiting.get(sink).getAsInt();
  }

  private static NoticeFilter pools(String pool) {
    return new NoticeFilter(Set.of(), List.of(), List.of(), List.of(pool));
  }

  private static NodeNote refused() {
    return new NodeNote.Eviction(
        new EvictionNotice(
            EvictionNotice.Reason.BLOCKED, Pods.named("uid", "shop", "web-1"), "budget web"));
  }

  @Test
  void aSinkOfAPoolIsToldOfItsNodesInFormAgentToo() {
    try (Telling telling = telling(sink("blue", pools("blue")), sink("red", pools("red")))) {
      nanoseconds.set(Duration.ofSeconds(10).toNanos());
      new Story(telling.witness()).begin().document(Events.reboot(ID));
    }

    assertThat(waiting("blue")).isPositive();
    assertThat(waiting("red")).isZero();
  }

  @Test
  void whatTheWorkOnTheNodeSaysIsToldWhereItLasts() {
    NoticeFilter blocked =
        new NoticeFilter(Set.of(NoticeKind.BLOCKED), List.of(), List.of(), List.of());
    try (Telling telling = telling(sink("a", blocked))) {
      new Story(telling.witness()).begin().document(Events.reboot(ID));
      NodeSide.Counts counts = telling.beside(NodeSide.Counts.NOBODY);
      counts.noted(refused());
      now.updateAndGet(at -> at.plusSeconds(30));
      counts.noted(refused());
      assertThat(waiting("a")).isZero();
      now.updateAndGet(at -> at.plusSeconds(30));
      counts.noted(refused());
      counts.noted(refused());
      assertThat(waiting("a")).isEqualTo(1);
      counts.noted(new NodeNote.Deferred("the Node is not Ready"));
      counts.noted(new NodeNote.Deferred("the Node is not Ready"));
      assertThat(waiting("a")).isEqualTo(2);
    }
  }

  private static NoticeFilter kinds(NoticeKind... kinds) {
    return new NoticeFilter(Set.of(kinds), List.of(), List.of(), List.of());
  }

  /** What the daemon before it had drained, acknowledged and recorded on the Node. */
  private static Episode drainedBefore() {
    return new Story()
        .begin()
        .document(Events.reboot(ID))
        .document(Events.reboot(ID).started())
        .watch()
        .episode()
        .orElseThrow();
  }

  @Test
  void whoeverReplacesADaemonTellsNoFailureOfADrainThatItsPredecessorCompleted() {
    Episode drained = drainedBefore();
    try (Telling telling =
        telling(
            sink("failed", kinds(NoticeKind.DRAIN_FAILED)),
            sink("drained", kinds(NoticeKind.DRAINED)))) {
      Story story = new Story(telling.witness()).begin().document(Events.reboot(ID).started());
      assertThat(story.watch().episode())
          .as("for all it knows nothing was drained")
          .map(episode -> episode.drain().outcome())
          .contains(DrainResult.Outcome.STARTED_FIRST);

      story.observe(new Observation.RecordFound(drained));
      nanoseconds.set(Duration.ofSeconds(10).toNanos());
      story.document(Events.reboot(ID).started());

      assertThat(waiting("failed")).isZero();
      assertThat(waiting("drained")).isEqualTo(1);
    }
  }

  @Test
  void whereNoRecordIsFoundAllIsToldTenSecondsAfterTheStart() {
    try (Telling telling =
        telling(
            sink("failed", kinds(NoticeKind.DRAIN_FAILED)), sink("seen", kinds(NoticeKind.SEEN)))) {
      new Story(telling.witness()).begin().document(Events.reboot(ID).started());
      nanoseconds.set(Duration.ofSeconds(10).toNanos() - 1);
      telling.witness().polled(POLL);
      assertThat(waiting("seen")).isZero();

      nanoseconds.incrementAndGet();
      telling.witness().polled(POLL);

      assertThat(waiting("seen")).isEqualTo(1);
      assertThat(waiting("failed")).isEqualTo(1);
    }
  }

  @Test
  void whatTheJournalKnowsIsToldAtOnce() {
    Episode drained = drainedBefore();
    try (Telling telling = telling(sink("drained", kinds(NoticeKind.DRAINED)))) {
      new Story(Watch.resumedFrom(Optional.of(drained)), telling.witness()).begin();

      assertThat(waiting("drained")).isEqualTo(1);
    }
  }
}
