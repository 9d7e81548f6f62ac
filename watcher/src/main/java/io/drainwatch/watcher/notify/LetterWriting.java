package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.notify.Notice;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the request for one sink; what is secret is read anew for each. */
final class LetterWriting {
  private static final String JSON = "application/json";
  private static final int SHORTEST_SECRET = 4;

  private final SinkSettings sink;
  private final Optional<NoticeTemplate> template;

  LetterWriting(SinkSettings sink) {
    this.sink = sink;
    template = sink.template().map(text -> NoticeTemplate.of(text, sink.contentType()));
  }

  /**
   * @throws IOException a secret cannot be read, or is no address; the message holds none
   */
  Letter of(Notice notice) throws IOException {
    List<String> secrets = new ArrayList<>();
    URI url = url(secrets);
    Map<String, String> headers = new LinkedHashMap<>();
    for (SinkSettings.Header header : sink.headers()) {
      String value = header.value().read();
      secret(value, secrets);
      headers.put(header.name(), value);
    }
    return new Letter(url, headers, contentType(), body(notice), secrets);
  }

  private URI url(List<String> secrets) throws IOException {
    String text = sink.url().read();
    if (sink.token().isPresent()) {
      String token = sink.token().get().read();
      secret(token, secrets);
      if (!token.matches("[A-Za-z0-9:_-]+")) {
        throw new IOException("the token is not one of a bot");
      }
      text = text.replaceFirst("/+$", "") + "/bot" + token + "/sendMessage";
    }
    Optional<String> fault = SinkUrl.fault(text);
    if (fault.isPresent()) {
      throw new IOException("the address of the sink " + fault.get());
    }
    URI url = URI.create(text);
    secret(text, secrets);
    secret(Optional.ofNullable(url.getRawPath()).orElse(""), secrets);
    secret(Optional.ofNullable(url.getPath()).orElse(""), secrets);
    secret(Optional.ofNullable(url.getRawQuery()).orElse(""), secrets);
    return url;
  }

  /** Longest first, so that no part of one is left standing. */
  static void secret(String text, List<String> secrets) {
    if (text.length() >= SHORTEST_SECRET) {
      secrets.add(text);
      secrets.sort((one, other) -> other.length() - one.length());
    }
  }

  private String contentType() {
    return switch (sink.kind()) {
      case CLOUDEVENTS -> "application/cloudevents+json; charset=UTF-8";
      case SLACK, TEAMS, TELEGRAM -> JSON;
      case WEBHOOK -> sink.contentType();
    };
  }

  private String body(Notice notice) {
    return switch (sink.kind()) {
      case CLOUDEVENTS -> Bodies.cloudEvent(notice);
      case SLACK -> Bodies.slack(notice);
      case TEAMS -> Bodies.teams(notice);
      case TELEGRAM -> Bodies.telegram(notice, sink.chat().orElse(""));
      case WEBHOOK ->
          template
              .orElseThrow(() -> new IllegalStateException("a webhook has a template"))
              .body(notice);
    };
  }
}
