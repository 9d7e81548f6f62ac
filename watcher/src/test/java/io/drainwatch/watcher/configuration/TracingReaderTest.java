package io.drainwatch.watcher.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.tracing.TracingSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingReaderTest {
  private static TracingSettings settings(Map<String, Object> section) {
    return ((Reading.Read) SettingsReader.read(Map.of("drainwatch.tracing", section)))
        .settings()
        .tracing();
  }

  @Test
  void isOffUntilItIsSwitchedOn() {
    TracingSettings off = DrainwatchSettings.defaults().tracing();

    assertThat(off.enabled()).isFalse();
    assertThat(off.endpoint()).isEqualTo(URI.create("http://localhost:4318"));
  }

  @Test
  void takesWayAndHeadersAsNotificationsDo() {
    TracingSettings settings =
        settings(
            Map.of(
                "enabled",
                true,
                "endpoint",
                "https://collector.example.com/otlp/v1/traces",
                "headers",
                List.of(Map.of("name", "Authorization", "value-file", "/etc/x/token")),
                "proxy",
                "http://proxy:3128",
                "ca-file",
                "/etc/x/ca.pem",
                "timeout",
                "3s"));

    assertThat(settings.enabled()).isTrue();
    assertThat(settings.endpoint().getPath()).isEqualTo("/otlp/v1/traces");
    assertThat(settings.headers()).hasSize(1);
    assertThat(settings.wire().proxy()).contains(URI.create("http://proxy:3128"));
    assertThat(settings.wire().caFile()).contains(Path.of("/etc/x/ca.pem"));
    assertThat(settings.wire().timeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void namesWhatIsWrong() {
    Reading reading =
        SettingsReader.read(
            Map.of(
                "drainwatch.tracing",
                Map.of(
                    "endpoint",
                    "collector:4318",
                    "headers",
                    List.of(Map.of("name", "Host")),
                    "timeout",
                    "1h")));
    assertThat(((Reading.Faults) reading).message())
        .contains(
            "drainwatch.tracing.endpoint",
            "drainwatch.tracing.headers[0].name",
            "drainwatch.tracing.timeout");
  }
}
