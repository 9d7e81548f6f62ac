package io.drainwatch.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionNotice;
import io.drainwatch.drainer.evictions.PodDecision;
import io.drainwatch.drainer.maintenance.Action;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** What the daemon of a Node takes into its outbox; nothing is sent here. */
class TellingTest {
  private static final String ID = "7CB1D0F4-0001-4E0A-9A6E-0000000000A1";

  private final Map<String, IntSupplier> waiting = new HashMap<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(VirtualVm.START);

  /** A Node of pool blue, on which nothing is done. */
  private static final class BlueNode implements NodeSide {
    @Override
    public void start(Consumer<Observation> report, Inside inside) {}

    @Override
    public void stepped(Watch watch, List<Action> asked) {}

    @Override
    public void clockStepped(Duration by) {}

    @Override
    public Optional<String> nodeName() {
      return Optional.of("aks-1");
    }

    @Override
    public Optional<String> pool() {
      return Optional.of("blue");
    }

    @Override
    public void close() {}
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
        LifecycleSettings.defaults(),
        Optional.of(new BlueNode()));
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
            EvictionNotice.Reason.BLOCKED,
            new EvictablePod(
                "uid",
                "shop",
                "web-1",
                Duration.ofSeconds(30),
                Optional.empty(),
                "",
                Optional.empty(),
                true,
                List.of(),
                PodDecision.EVICT,
                Optional.empty()),
            "budget web"));
  }

  @Test
  void aSinkOfAPoolIsToldOfItsNodesInFormAgentToo() {
    try (Telling telling = telling(sink("blue", pools("blue")), sink("red", pools("red")))) {
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
}
