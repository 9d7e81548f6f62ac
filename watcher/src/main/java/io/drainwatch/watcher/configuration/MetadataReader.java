package io.drainwatch.watcher.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** {@code drainwatch.metadata.*}: bounds from azure-scheduled-events.md 1, 2 and 8. */
final class MetadataReader {
  private static final String SECTION = "drainwatch.metadata.";

  private static final List<String> VERSIONS =
      List.of(
          "2017-08-01",
          "2017-11-01",
          "2019-01-01",
          "2019-04-01",
          "2019-08-01",
          MetadataSettings.DEFAULT_API_VERSION,
          MetadataSettings.PREVIEW_VERSION);

  // 5 requests/s for all processes of the VM; a Preempt gives 30 s at best
  private static final Duration SHORTEST_POLL = Duration.ofMillis(200);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(10);
  private static final Duration SLOW_POLL = Duration.ofSeconds(5);

  private static final Duration SLOWEST_FIRST_ANSWER = Duration.ofMinutes(2);
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);

  private MetadataReader() {}

  static MetadataSettings read(Values values) {
    Duration timeout =
        timeout(values, "timeout", Duration.ofMinutes(1)).orElse(MetadataSettings.DEFAULT_TIMEOUT);
    MetadataSettings settings =
        new MetadataSettings(
            values.one(SECTION + "url", MetadataReader::url).orElse(MetadataSettings.DEFAULT_URL),
            values
                .duration(SECTION + "poll-interval", SHORTEST_POLL, LONGEST_POLL)
                .orElse(MetadataSettings.DEFAULT_POLL_INTERVAL),
            values
                .one(SECTION + "api-version", MetadataReader::version)
                .orElse(MetadataSettings.DEFAULT_API_VERSION),
            values.flag(SECTION + "preview").orElse(false),
            timeout(values, "first-timeout", Duration.ofMinutes(10))
                .orElse(MetadataSettings.DEFAULT_FIRST_TIMEOUT),
            timeout(values, "connect-timeout", Duration.ofMinutes(1))
                .orElse(shorter(MetadataSettings.DEFAULT_CONNECT_TIMEOUT, timeout)),
            timeout,
            values
                .duration(SECTION + "empty-run", Duration.ofSeconds(10), Duration.ofHours(1))
                .orElse(MetadataSettings.DEFAULT_EMPTY_RUN));
    together(settings, values);
    remarks(settings, values.findings());
    return settings;
  }

  private static Optional<Duration> timeout(Values values, String name, Duration most) {
    return values.duration(SECTION + name, SHORTEST_TIMEOUT, most);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static void together(MetadataSettings settings, Values values) {
    if (settings.connectTimeout().compareTo(settings.timeout()) > 0) {
      values.fault(
          SECTION + "connect-timeout",
          "must not be longer than metadata.timeout, which holds for the whole exchange: "
              + DurationText.print(settings.timeout()));
    }
    if (settings.firstTimeout().compareTo(settings.timeout()) < 0) {
      values.fault(
          SECTION + "first-timeout",
          "must not be shorter than metadata.timeout, as the first answer takes longest: "
              + DurationText.print(settings.timeout()));
    }
  }

  private static void remarks(MetadataSettings settings, Findings findings) {
    if (!settings.url().equals(MetadataSettings.DEFAULT_URL)) {
      findings.remark(
          SECTION
              + "url is not the platform's own "
              + MetadataSettings.DEFAULT_URL
              + ": meant for tests only");
    }
    if (settings.pollInterval().compareTo(SLOW_POLL) > 0) {
      findings.remark(
          SECTION
              + "poll-interval is "
              + DurationText.print(settings.pollInterval())
              + ": a Preempt gives 30 s at best, and that much of it may be lost");
    }
    if (settings.firstTimeout().compareTo(SLOWEST_FIRST_ANSWER) < 0) {
      findings.remark(
          SECTION + "first-timeout is below the 2 minutes that the first answer may take");
    }
    if (!VERSIONS.contains(settings.apiVersion())) {
      findings.remark(SECTION + "api-version is none of " + String.join(", ", VERSIONS));
    }
  }

  private static Parsed<URI> url(String text) {
    URI uri;
    try {
      uri = new URI(text).parseServerAuthority();
    } catch (URISyntaxException e) {
      return Parsed.refused("not a URL; http://host or http://host:port is expected");
    }
    if (!"http".equalsIgnoreCase(uri.getScheme())) {
      return Parsed.refused("must begin with http://, as the metadata service speaks nothing else");
    }
    String host = uri.getHost();
    if (host == null) {
      return Parsed.refused("has no host; http://host or http://host:port is expected");
    }
    if (uri.getRawUserInfo() != null) {
      return Parsed.refused("must not carry a user or password");
    }
    boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
    if (!bare || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return Parsed.refused("is the base only: no path, no query, no fragment");
    }
    if (uri.getPort() != -1 && (uri.getPort() < 1 || uri.getPort() > 65_535)) {
      return Parsed.refused("a port is 1 to 65535");
    }
    return Parsed.of(
        URI.create("http://" + host + (uri.getPort() == -1 ? "" : ":" + uri.getPort())));
  }

  private static Parsed<String> version(String text) {
    try {
      if (LocalDate.parse(text).isBefore(LocalDate.parse(VERSIONS.getFirst()))) {
        return Parsed.refused("versions before " + VERSIONS.getFirst() + " are not supported");
      }
    } catch (DateTimeException e) {
      return Parsed.refused("must be a version such as " + MetadataSettings.DEFAULT_API_VERSION);
    }
    return text.length() == VERSIONS.getFirst().length()
        ? Parsed.of(text)
        : Parsed.refused("must be a version such as " + MetadataSettings.DEFAULT_API_VERSION);
  }
}
