package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.notify.Notice;
import io.drainwatch.drainer.notify.NoticeFilter;
import io.drainwatch.drainer.notify.NoticeKind;
import io.drainwatch.drainer.notify.Subject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Notices and sinks for tests. */
record Example(
    SinkKind kind,
    String name,
    Secret url,
    List<SinkSettings.Header> headers,
    Optional<Secret> token,
    NoticeFilter filter,
    Optional<URI> proxy,
    Optional<Path> ca,
    Duration timeout,
    Optional<String> template,
    String contentType) {
  static final Instant AT = Instant.parse("2026-06-01T08:00:00Z");

  static Example of(SinkKind kind, String url) {
    return new Example(
        kind,
        "ops",
        new Secret.Given(url),
        List.of(),
        Optional.empty(),
        NoticeFilter.ALL,
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(20),
        kind == SinkKind.WEBHOOK ? Optional.of("{\"say\":\"{{text}}\"}") : Optional.empty(),
        SinkSettings.DEFAULT_CONTENT_TYPE);
  }

  Example named(String other) {
    return new Example(
        kind, other, url, headers, token, filter, proxy, ca, timeout, template, contentType);
  }

  Example template(String text, String type) {
    return new Example(
        kind, name, url, headers, token, filter, proxy, ca, timeout, Optional.of(text), type);
  }

  Example header(String header, Secret value) {
    return new Example(
        kind,
        name,
        url,
        List.of(new SinkSettings.Header(header, value)),
        token,
        filter,
        proxy,
        ca,
        timeout,
        template,
        contentType);
  }

  Example token(Secret secret) {
    return new Example(
        kind,
        name,
        url,
        headers,
        Optional.of(secret),
        filter,
        proxy,
        ca,
        timeout,
        template,
        contentType);
  }

  Example patience(Duration limit) {
    return new Example(
        kind, name, url, headers, token, filter, proxy, ca, limit, template, contentType);
  }

  Example proxy(String address) {
    return new Example(
        kind,
        name,
        url,
        headers,
        token,
        filter,
        Optional.of(URI.create(address)),
        ca,
        timeout,
        template,
        contentType);
  }

  Example trusting(Path file) {
    return new Example(
        kind,
        name,
        url,
        headers,
        token,
        filter,
        proxy,
        Optional.of(file),
        timeout,
        template,
        contentType);
  }

  SinkSettings settings() {
    return new SinkSettings(
        name,
        kind,
        url,
        headers,
        token,
        kind == SinkKind.TELEGRAM ? Optional.of("-100123") : Optional.empty(),
        filter,
        proxy,
        ca,
        timeout,
        template,
        contentType);
  }

  static Notice notice(int number) {
    return notice(number, NoticeKind.DRAINED, "");
  }

  static Notice blocked(String cause) {
    return notice(1, NoticeKind.BLOCKED, cause);
  }

  static Notice notice(int number, NoticeKind kind, String cause) {
    return new Notice(
        "%032x".formatted(number),
        kind,
        AT,
        Subject.plainVm("vm-1", false),
        "7CB1D0F4-0001-4E0A-9A6E-0000000000A1/vm-1",
        "7CB1D0F4-0001-4E0A-9A6E-0000000000A1",
        "Reboot",
        Optional.of(AT.plusSeconds(900)),
        Optional.of(AT.plusSeconds(840)),
        Optional.of(Duration.ofSeconds(840)),
        cause,
        "the next thing");
  }
}
