package io.drainwatch.watcher.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.VirtualVm;
import io.drainwatch.watcher.notify.Receiver.Outcome;
import io.drainwatch.watcher.report.Story;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TracerTest {
  private static final Outcome TAKEN = new Outcome.Came(200, Optional.empty(), "{}");

  private final List<String> sent = new CopyOnWriteArrayList<>();

  private static Tracer tracer(Function<String, Outcome> wire) {
    return new Tracer(
        wire, () -> {}, InstantSource.fixed(VirtualVm.START), "1.2.3", Duration.ofMillis(1));
  }

  private Outcome take(String json) {
    sent.add(json);
    return TAKEN;
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long spans() {
    return sent.stream()
        .mapToLong(each -> json(each).at("/resourceSpans/0/scopeSpans/0/spans").size())
        .sum();
  }

  private static void maintenance(Tracer tracer) {
    new Story(tracer)
        .script(Hook.DRAIN, "20-jobs", new ScriptOutcome.Exited(0))
        .begin()
        .document(Events.reboot("A"))
        .after("1M")
        .document(Events.reboot("A").started())
        .after("2M")
        .document()
        .after("1S")
        .document();
  }

  @Test
  void sendsEverySpanAndTheRestWhenItIsClosed() {
    try (Tracer tracer = tracer(this::take)) {
      tracer.begin(Optional.empty(), List.of());
      maintenance(tracer);
    }
    // 7 states, the whole, the script, and a hook for each that the core asks for
    assertThat(spans()).isGreaterThan(9);
    JsonNode first = json(sent.getFirst());
    assertThat(first.at("/resourceSpans/0/resource/attributes/0/key").asText())
        .isEqualTo("service.name");
    assertThat(first.at("/resourceSpans/0/resource/attributes/0/value/stringValue").asText())
        .isEqualTo("drainwatch");
    assertThat(first.at("/resourceSpans/0/scopeSpans/0/spans/0/startTimeUnixNano").asText())
        .startsWith(String.valueOf(VirtualVm.START.getEpochSecond()))
        .hasSize(19);
  }

  @Test
  void sendsAgainUntilTheCollectorIsBack() {
    AtomicInteger tries = new AtomicInteger();
    try (Tracer tracer =
        tracer(
            json ->
                tries.incrementAndGet() == 1
                    ? new Outcome.Came(503, Optional.empty(), "")
                    : take(json))) {
      tracer.begin(Optional.empty(), List.of());
      maintenance(tracer);
      await().atMost(Duration.ofSeconds(20)).until(() -> !sent.isEmpty());
    }
    assertThat(spans()).isGreaterThan(9);
  }

  @Test
  void aCollectorThatHangsDelaysNobodyAndWhatIsTooMuchIsDropped() {
    CountDownLatch hangs = new CountDownLatch(1);
    Tracer tracer =
        tracer(
            json -> {
              try {
                hangs.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return TAKEN;
            });
    tracer.begin(Optional.empty(), List.of());
    for (int i = 0; i < 200; i++) {
      maintenance(tracer); // returns
    }
    tracer.close(); // within its second
  }

  @Test
  void theQueueIsBounded() {
    SpanQueue queue = new SpanQueue();
    List<io.drainwatch.drainer.tracing.Span> spans = new CopyOnWriteArrayList<>();
    Story story =
        new Story(
            new io.drainwatch.watcher.daemon.Witness() {
              @Override
              public void stepped(Step step) {
                spans.addAll(
                    io.drainwatch.drainer.tracing.MaintenanceSpans.of(
                        step.before(), step.observation(), step.transition(), step.at()));
              }
            });
    story.begin().document(Events.reboot("A"));
    int dropped = 0;
    for (int i = 0; i < SpanQueue.MOST; i++) {
      dropped += queue.add(List.of(spans.getFirst()));
    }
    assertThat(dropped).isZero();
    assertThat(queue.add(List.of(spans.getFirst()))).isOne();
    assertThat(queue.take(10)).hasSize(10);
    assertThat(queue.add(List.of(spans.getFirst()))).isZero();
  }
}
