package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.notify.NoticeFilter;
import io.drainwatch.drainer.notify.NoticeKind;
import io.drainwatch.drainer.notify.Outbox;
import io.drainwatch.watcher.notify.NoticeTemplate;
import io.drainwatch.watcher.notify.NotificationSettings;
import io.drainwatch.watcher.notify.Secret;
import io.drainwatch.watcher.notify.SinkKind;
import io.drainwatch.watcher.notify.SinkSettings;
import io.drainwatch.watcher.notify.SinkUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code drainwatch.notifications.*}: whom to tell, and what cannot be sent to them. */
final class NotificationsReader {
  static final String SINKS = "drainwatch.notifications.sinks";
  private static final String GIVE_UP = "drainwatch.notifications.give-up-after";

  private static final Words<SinkKind> KINDS = Words.of(SinkKind.class);
  private static final Words<NoticeKind> NOTICES =
      Words.of(Arrays.asList(NoticeKind.values()), NoticeKind::word);
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?");
  private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9._*-]{1,128}");
  private static final Pattern CHAT = Pattern.compile("-?[0-9]{1,20}|@[A-Za-z0-9_]{1,64}");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("[A-Za-z0-9.+-]{1,64}/[A-Za-z0-9.+-]{1,64}(; ?charset=[Uu][Tt][Ff]-8)?");

  /** And those of the connection itself. */
  private static final Set<String> OURS =
      Set.of(
          "accept",
          "connection",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Each has a thread and a label of a metric. */
  private static final int MOST_SINKS = 16;

  private static final int MOST_HEADERS = 16;
  private static final int LONGEST_TEMPLATE = 16_384;
  private static final int LONGEST_SECRET = 4_096;
  private static final int LONGEST_TYPE = 64;

  private final Values values;

  private NotificationsReader(Values values) {
    this.values = values;
  }

  static NotificationSettings read(Values values) {
    return new NotificationsReader(values).read();
  }

  private NotificationSettings read() {
    Duration giveUp =
        values
            .duration(GIVE_UP, Duration.ofMinutes(1), Duration.ofDays(7))
            .orElse(NotificationSettings.DEFAULT_GIVE_UP_AFTER);
    values.findings().askedList(SINKS);
    values
        .given(SINKS)
        .filter(given -> !given.isEmptyList())
        .ifPresent(given -> values.findings().fault(SINKS, "a list of sinks is expected"));
    List<SinkSettings> sinks = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int index : values.indexes(SINKS)) {
      String section = SINKS + '[' + index + ']';
      SinkSettings sink = sink(section);
      if (!sink.name().isEmpty() && !names.add(sink.name())) {
        values.fault(section + ".name", "another sink has this name");
      }
      sinks.add(sink);
    }
    if (sinks.size() > MOST_SINKS) {
      values.findings().fault(SINKS, "there are at most " + MOST_SINKS);
    }
    return new NotificationSettings(giveUp, sinks, Outbox.MOST_OF_A_VM);
  }

  private SinkSettings sink(String section) {
    boolean isGiven = isGiven(section);
    Optional<String> name =
        values.one(
            section + ".name",
            text ->
                Texts.matching(text, NAME, "must be 1 to 32 of a to z, 0 to 9 and - between them"));
    Optional<SinkKind> kind = values.choice(section + ".type", KINDS);
    if (isGiven) {
      needed(section + ".name", name.isPresent());
      needed(section + ".type", kind.isPresent());
    }
    SinkSettings sink =
        new SinkSettings(
            name.orElse(""),
            kind.orElse(SinkKind.CLOUDEVENTS),
            url(section, kind, isGiven),
            headers(section),
            secret(section, "token", isGiven && kind.equals(Optional.of(SinkKind.TELEGRAM))),
            values.one(
                section + ".chat",
                text -> Texts.matching(text, CHAT, "must be a chat's number or @name")),
            filter(section),
            values.one(section + ".proxy", NotificationsReader::proxy),
            values.one(section + ".ca-file", Texts::directory),
            values
                .duration(section + ".timeout", Duration.ofMillis(100), Duration.ofMinutes(5))
                .orElse(SinkSettings.DEFAULT_TIMEOUT),
            values.one(section + ".template", NotificationsReader::template),
            values
                .one(
                    section + ".content-type",
                    text -> Texts.matching(text, CONTENT_TYPE, "must be a media type, in UTF-8"))
                .orElse(SinkSettings.DEFAULT_CONTENT_TYPE));
    if (isGiven) {
      kind.ifPresent(each -> together(section, each, sink));
    }
    return sink;
  }

  // the list of known keys is made of an empty sink
  private boolean isGiven(String section) {
    for (String key : values.keys()) {
      if (key.startsWith(section + '.')) {
        return true;
      }
    }
    return false;
  }

  private void needed(String key, boolean isThere) {
    if (!isThere && values.given(key).isEmpty()) {
      values.findings().fault(key, "is needed");
    }
  }

  private void together(String section, SinkKind kind, SinkSettings sink) {
    boolean isTelegram = kind == SinkKind.TELEGRAM;
    onlyFor(section, "chat", isTelegram, "telegram");
    onlyFor(section, "token", isTelegram, "telegram");
    onlyFor(section, "token-file", isTelegram, "telegram");
    onlyFor(section, "template", kind == SinkKind.WEBHOOK, "webhook");
    onlyFor(section, "content-type", kind == SinkKind.WEBHOOK, "webhook");
    if (isTelegram) {
      needed(section + ".chat", sink.chat().isPresent());
    }
    if (kind == SinkKind.WEBHOOK) {
      needed(section + ".template", sink.template().isPresent());
      sink.template()
          .flatMap(template -> NoticeTemplate.fault(template, sink.contentType()))
          .ifPresent(fault -> values.findings().fault(section + ".template", fault));
    }
  }

  private void onlyFor(String section, String key, boolean fits, String kind) {
    String whole = section + '.' + key;
    if (!fits && values.given(whole).isPresent()) {
      values.findings().fault(whole, "is for type " + kind + " only");
    }
  }

  private Secret url(String section, Optional<SinkKind> kind, boolean isGiven) {
    boolean hasDefault = kind.equals(Optional.of(SinkKind.TELEGRAM));
    Optional<Secret> given = secret(section, "url", isGiven && kind.isPresent() && !hasDefault);
    if (given.orElse(null) instanceof Secret.Given(String text)) {
      SinkUrl.fault(text).ifPresent(fault -> values.findings().fault(section + ".url", fault));
      if (text.startsWith("http:")) {
        values
            .findings()
            .remark(section + ".url is not https: notices and headers can be read on the way");
      }
    }
    return given.orElse(new Secret.Given(SinkSettings.TELEGRAM_URL));
  }

  /** As it is, or in a file; one of the two. */
  private Optional<Secret> secret(String section, String key, boolean isNeeded) {
    Optional<String> text =
        values.one(section + '.' + key, each -> Texts.line(each, LONGEST_SECRET));
    Optional<Path> file = values.one(section + '.' + key + "-file", Texts::directory);
    if (text.isPresent() && file.isPresent()) {
      values.findings().fault(section + '.' + key, "given beside " + key + "-file: one of the two");
    }
    boolean isThere =
        values.given(section + '.' + key).isPresent()
            || values.given(section + '.' + key + "-file").isPresent();
    if (isNeeded && !isThere) {
      values.findings().fault(section + '.' + key + "-file", "is needed, or " + key);
    }
    return file.<Secret>map(Secret.InFile::new).or(() -> text.map(Secret.Given::new));
  }

  private List<SinkSettings.Header> headers(String section) {
    String key = section + ".headers";
    List<SinkSettings.Header> headers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int index : values.indexes(key)) {
      String one = key + '[' + index + ']';
      boolean isGiven = isGiven(one);
      Optional<String> name = values.one(one + ".name", NotificationsReader::header);
      Optional<Secret> value = secret(one, "value", isGiven);
      if (isGiven) {
        needed(one + ".name", name.isPresent());
      }
      if (name.isPresent() && !names.add(name.get().toLowerCase(Locale.ROOT))) {
        values.fault(one + ".name", "another header has this name");
      }
      if (name.isPresent() && value.isPresent()) {
        headers.add(new SinkSettings.Header(name.get(), value.get()));
      }
    }
    if (headers.size() > MOST_HEADERS) {
      values.findings().fault(key, "there are at most " + MOST_HEADERS);
    }
    return headers;
  }

  private static Parsed<String> header(String text) {
    return OURS.contains(text.toLowerCase(Locale.ROOT))
        ? Parsed.refused("is set by Drainwatch")
        : Texts.matching(text, HEADER, "must be the name of a header");
  }

  private NoticeFilter filter(String section) {
    return new NoticeFilter(
        Set.copyOf(values.many(section + ".notices", NOTICES::parse).orElse(List.of())),
        values.many(section + ".event-types", NotificationsReader::type).orElse(List.of()),
        values.many(section + ".machines", NotificationsReader::pattern).orElse(List.of()),
        values.many(section + ".pools", NotificationsReader::pattern).orElse(List.of()));
  }

  private static Parsed<String> type(String text) {
    EventKind kind = EventKind.of(text);
    return kind == EventKind.UNKNOWN ? Texts.line(text, LONGEST_TYPE) : Parsed.of(kind.word());
  }

  private static Parsed<String> pattern(String text) {
    return Texts.matching(text, PATTERN, "must be a name; * stands for any text");
  }

  private static Parsed<String> template(String text) {
    return text.length() > LONGEST_TEMPLATE
        ? Parsed.refused("must have at most " + LONGEST_TEMPLATE + " characters")
        : Parsed.of(text);
  }

  private static Parsed<URI> proxy(String text) {
    try {
      URI proxy = new URI(text).parseServerAuthority();
      boolean isBare =
          (proxy.getRawPath().isEmpty() || proxy.getRawPath().equals("/"))
              && proxy.getRawQuery() == null
              && proxy.getRawUserInfo() == null
              && proxy.getRawFragment() == null;
      if ("http".equals(proxy.getScheme())
          && proxy.getHost() != null
          && proxy.getPort() >= 1
          && proxy.getPort() <= 65_535
          && isBare) {
        return Parsed.of(proxy);
      }
    } catch (URISyntaxException e) {
      // said below
    }
    return Parsed.refused("must be http://host:port, without user, path or query");
  }
}
