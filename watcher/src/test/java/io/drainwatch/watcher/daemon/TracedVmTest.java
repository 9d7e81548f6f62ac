package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.notify.Secret;
import io.drainwatch.watcher.notify.SinkSettings;
import io.drainwatch.watcher.notify.Wire;
import io.drainwatch.watcher.tracing.FakeCollector;
import io.drainwatch.watcher.tracing.Tracer;
import io.drainwatch.watcher.tracing.TracingSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real daemon, real scripts, a restart in the middle, a collector over a socket. */
@Timeout(120)
class TracedVmTest {
  @TempDir Path directory;

  private final AtomicReference<Tracer> tracer = new AtomicReference<>();

  private void traceTo(FakeCollector collector) throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "Bearer SECRET\n");
    TracingSettings settings =
        new TracingSettings(
            true,
            collector.address(),
            List.of(new SinkSettings.Header("Authorization", new Secret.InFile(token))),
            new Wire("collector", Duration.ofSeconds(10), Optional.empty(), Optional.empty()));
    Tracer made = Tracer.of(settings, "1.2.3", InstantSource.system());
    made.begin(Optional.empty(), List.of());
    tracer.set(made);
  }

  private static Instant moment(JsonNode span, String member) {
    long nanos = span.path(member).asLong();
    return Instant.ofEpochSecond(0, nanos);
  }

  @Test
  void aMaintenanceWithARestartInItIsOneTrace() throws Exception {
    try (FakeCollector collector = new FakeCollector();
        TestVm vm = TestVm.in(directory)) {
      traceTo(collector);
      vm.traceParent()
          .witness(
              new Witness() {
                @Override
                public void stepped(Step step) {
                  tracer.get().stepped(step);
                }
              })
          .hook(Hook.SCHEDULED, "10-bad", "exit 3")
          .hook(
              Hook.DRAIN,
              "10-hold",
              "echo \"$TRACEPARENT\" > traceparent\nwhile [ ! -e go ]; do sleep 0.05; done")
          .start();
      String event = vm.publish("Reboot");
      await().until(() -> Files.exists(vm.work().resolve("traceparent")));
      await().until(() -> collector.spans().containsKey("scheduled/10-bad"));

      vm.stop();
      tracer.get().close();
      Instant restarted = vm.clock().instant();
      traceTo(collector);
      vm.start();
      vm.put("go");
      vm.endOnceStarted(event);
      tracer.get().close();

      Map<String, JsonNode> spans = collector.spans();
      JsonNode whole = spans.get("maintenance Reboot");
      assertThat(spans)
          .containsKeys("MaintenanceScheduled", "Draining", "Drained", "Running", "hook drain");
      assertThat(spans.values())
          .allMatch(span -> span.path("traceId").equals(whole.path("traceId")));
      assertThat(whole.has("parentSpanId")).isFalse();
      assertThat(spans.get("Draining").path("parentSpanId")).isEqualTo(whole.path("spanId"));
      JsonNode script = spans.get("drain/10-hold");
      assertThat(script.path("parentSpanId")).isEqualTo(spans.get("hook drain").path("spanId"));
      assertThat(moment(script, "startTimeUnixNano")).isBefore(restarted);
      assertThat(moment(script, "endTimeUnixNano")).isAfter(restarted);
      assertThat(moment(whole, "startTimeUnixNano")).isBefore(restarted);
      assertThat(script.path("status").path("code").asInt()).isZero();
      JsonNode bad = spans.get("scheduled/10-bad");
      assertThat(bad.path("status").path("code").asInt()).isEqualTo(2);
      assertThat(bad.path("attributes").toString())
          .contains("{\"key\":\"process.exit.code\",\"value\":{\"intValue\":\"3\"}}");
      assertThat(Files.readString(vm.work().resolve("traceparent")).strip())
          .isEqualTo(
              "00-%s-%s-01"
                  .formatted(script.path("traceId").asText(), script.path("spanId").asText()));
      assertThat(collector.tokens()).containsOnly("Bearer SECRET");
      assertThat(collector.types()).containsOnly("application/json");
    }
  }
}
