package io.drainwatch.watcher.configuration;

import io.drainwatch.watcher.notify.SinkUrl;
import io.drainwatch.watcher.notify.Wire;
import io.drainwatch.watcher.tracing.TracingSettings;
import java.net.URI;
import java.time.Duration;

/** {@code drainwatch.tracing.*}. */
final class TracingReader {
  private static final String SECTION = "drainwatch.tracing";
  private static final String ENDPOINT = SECTION + ".endpoint";

  private TracingReader() {}

  static TracingSettings read(Values values) {
    RequestReader requests = new RequestReader(values);
    boolean enabled = values.flag(SECTION + ".enabled").orElse(false);
    URI endpoint =
        values
            .one(ENDPOINT, TracingReader::endpoint)
            .orElse(URI.create(TracingSettings.DEFAULT_ENDPOINT));
    TracingSettings settings =
        new TracingSettings(
            enabled,
            endpoint,
            requests.headers(SECTION),
            new Wire(
                "the collector of traces",
                values
                    .duration(SECTION + ".timeout", Duration.ofMillis(100), Duration.ofMinutes(1))
                    .orElse(TracingSettings.DEFAULT_TIMEOUT),
                values.one(SECTION + ".proxy", RequestReader::proxy),
                values.one(SECTION + ".ca-file", Texts::directory)));
    if (enabled && !settings.headers().isEmpty() && "http".equals(endpoint.getScheme())) {
      values.findings().remark(ENDPOINT + " is not https: the headers can be read on the way");
    }
    return settings;
  }

  private static Parsed<URI> endpoint(String text) {
    return SinkUrl.fault(text)
        .<Parsed<URI>>map(Parsed::refused)
        .orElseGet(() -> Parsed.of(URI.create(text)));
  }
}
