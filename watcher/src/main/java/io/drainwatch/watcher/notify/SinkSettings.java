package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.notify.NoticeFilter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One receiver.
 *
 * @param name in logs and metrics
 * @param url whole address; of Telegram the address of its interface, without a token
 * @param token of Telegram's bot
 * @param chat of Telegram
 * @param proxy {@code http://host:port}
 * @param caFile certificates in PEM that alone are trusted; empty: the system's
 * @param timeout for a request as a whole
 * @param template of a webhook
 * @param contentType of a webhook
 */
public record SinkSettings(
    String name,
    SinkKind kind,
    Secret url,
    List<Header> headers,
    Optional<Secret> token,
    Optional<String> chat,
    NoticeFilter filter,
    Optional<URI> proxy,
    Optional<Path> caFile,
    Duration timeout,
    Optional<String> template,
    String contentType) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  public static final String DEFAULT_CONTENT_TYPE = "application/json";
  public static final String TELEGRAM_URL = "https://api.telegram.org";

  /** One header of each request. */
  public record Header(String name, Secret value) {}

  public SinkSettings {
    headers = List.copyOf(headers);
  }

  /** The way to it. */
  Wire wire() {
    return new Wire(name, timeout, proxy, caFile);
  }
}
