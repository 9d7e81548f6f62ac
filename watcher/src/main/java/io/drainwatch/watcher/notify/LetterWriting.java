package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.notify.Notice;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the request for one sink; what is secret is read anew for each. */
final class LetterWriting {
  private static final String JSON = "application/json";
  private static final int SHORTEST_SECRET = 3;

  /** Shorter parts are words such as services and api. */
  private static final int SHORTEST_OF_A_PATH = 7;

  private static final Set<String> SCHEMES =
      Set.of("bearer", "basic", "digest", "token", "apikey", "key");

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
      secretWords(value, secrets);
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
    for (String path : texts(url.getRawPath(), url.getPath())) {
      secret(path, secrets);
      for (String part : path.split("/")) {
        if (part.length() >= SHORTEST_OF_A_PATH) {
          secret(part, secrets);
        }
      }
    }
    for (String query : texts(url.getRawQuery(), url.getQuery())) {
      secret(query, secrets);
      for (String pair : query.split("[&;]")) {
        secret(pair.substring(pair.indexOf('=') + 1), secrets);
      }
    }
    return url;
  }

  private static List<String> texts(@Nullable String raw, @Nullable String decoded) {
    return Stream.of(Optional.ofNullable(raw), Optional.ofNullable(decoded))
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  /** The whole, and each word of it that is no name of a scheme: it may be answered alone. */
  static void secretWords(String value, List<String> secrets) {
    secret(value, secrets);
    for (String word : value.split("[\\s,;=\"]+")) {
      if (!SCHEMES.contains(word.toLowerCase(Locale.ROOT))) {
        secret(word, secrets);
      }
    }
  }

  /** Longest first, so that no part of one is left standing. */
  static void secret(String text, List<String> secrets) {
    if (text.length() >= SHORTEST_SECRET && !secrets.contains(text)) {
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
