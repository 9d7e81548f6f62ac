package io.drainwatch.watcher.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.notify.NoticeKind;
import io.drainwatch.watcher.notify.NotificationSettings;
import io.drainwatch.watcher.notify.Secret;
import io.drainwatch.watcher.notify.SinkKind;
import io.drainwatch.watcher.notify.SinkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationsReaderTest {
  private static final String SLACK = "https://hooks.slack.com/services/T0/B0/s3cr3t";

  private static Reading read(Map<String, ?>... sinks) {
    return SettingsReader.read(
        Map.of("drainwatch", Map.of("notifications", Map.of("sinks", List.of(sinks)))));
  }

  private static Map<String, Object> with(Map<String, ?> sink, String key, Object value) {
    Map<String, Object> changed = new HashMap<>(sink);
    changed.put(key, value);
    return changed;
  }

  private static Map<String, String> slack() {
    return Map.of("name", "ops", "type", "slack", "url", SLACK);
  }

  @Test
  @SuppressWarnings("unchecked")
  void readsASink() {
    Reading.Read read =
        Readings.good(
            read(
                Map.of(
                    "name",
                    "ops",
                    "type",
                    "Telegram",
                    "token-file",
                    "/run/secrets/token",
                    "chat",
                    "-100123",
                    "notices",
                    List.of("blocked", "drained"),
                    "event-types",
                    "reboot, Redeploy",
                    "machines",
                    "web-*",
                    "headers",
                    List.of(Map.of("name", "X-A", "value-file", "/run/secrets/a")),
                    "timeout",
                    "3s",
                    "proxy",
                    "http://proxy.example:3128")));

    NotificationSettings settings = read.settings().notifications();
    SinkSettings sink = settings.sinks().getFirst();
    assertThat(settings.giveUpAfter()).isEqualTo(Duration.ofHours(24));
    assertThat(sink.kind()).isEqualTo(SinkKind.TELEGRAM);
    assertThat(sink.token()).contains(new Secret.InFile(Path.of("/run/secrets/token")));
    assertThat(sink.filter().kinds())
        .containsExactlyInAnyOrder(NoticeKind.BLOCKED, NoticeKind.DRAINED);
    assertThat(sink.filter().eventTypes()).containsExactly("Reboot", "Redeploy");
    assertThat(sink.headers())
        .containsExactly(
            new SinkSettings.Header("X-A", new Secret.InFile(Path.of("/run/secrets/a"))));
    assertThat(sink.timeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest(name = "{0} = {1}: {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "name; Big Name; 1 to 32",
        "type; pager; must be one of cloudevents, slack, teams, telegram, webhook",
        "url; ftp://s3cr3t.example; https://",
        "url; https://user:s3cr3t@example.com/; user or password",
        "url; s3cr3t; must begin",
        "url; http:///s3cr3t; has no host",
        "url; https://example.com:99999/s3cr3t; port",
        "url; https://example.com:0/s3cr3t; port",
        "url-file; /run/secrets/url; one of the two",
        "url-file; relative; absolute",
        "notices; drained,eaten; must be one of seen",
        "machines; 'a b'; * stands",
        "proxy; https://proxy; must be http://host:port",
        "proxy; http://user:s3cr3t@proxy:1; must be http://host:port",
        "ca-file; ca.pem; absolute",
        "timeout; 1h; must be 100ms to 5m",
        "template; {}; is for type webhook only",
        "chat; 5; is for type telegram only",
        "ulr; https://example.com/s3cr3t; unknown key",
      })
  @SuppressWarnings("unchecked")
  void namesWhatIsWrongWithoutTheSecret(String key, String value, String reason) {
    Reading reading = read(with(slack(), key, value));

    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Faults.class,
            faults -> assertThat(faults.message()).contains(reason).doesNotContain("s3cr3t"));
  }

  @Test
  @SuppressWarnings("unchecked")
  void namesAllFaultsAtOnce() {
    Reading reading =
        read(
            Map.of("name", "a"),
            Map.of("type", "telegram"),
            with(slack(), "name", "a"),
            Map.of("name", "w", "type", "webhook", "url", SLACK, "template", "{\"a\": {{text}}}"),
            with(slack(), "headers", List.of(Map.of("name", "Host", "value", "s3cr3t"))));

    assertThat(((Reading.Faults) reading).faults())
        .extracting(fault -> fault.key().replace("drainwatch.notifications.sinks", ""))
        .containsExactlyInAnyOrder(
            "[0].type",
            "[1].name",
            "[1].token-file",
            "[1].chat",
            "[2].name",
            "[3].template",
            "[4].headers[0].name");
    assertThat(((Reading.Faults) reading).message()).doesNotContain("s3cr3t");
  }

  @Test
  @SuppressWarnings("unchecked")
  void showsNoSecretOfItsSettings() {
    assertThat(Readings.good(read(slack())).settings().toString()).doesNotContain("s3cr3t");
  }

  @Test
  @SuppressWarnings("unchecked")
  void remarksOnAnAddressThatIsNotEncrypted() {
    assertThat(Readings.good(read(with(slack(), "url", "http://example.com/x"))).remarks())
        .singleElement()
        .asString()
        .contains("sinks[0].url is not https");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept", "Connection", "Transfer-Encoding", "upgrade", "TE"})
  @SuppressWarnings("unchecked")
  void headersOfTheConnectionAreNotTheOperators(String header) {
    Reading reading =
        read(with(slack(), "headers", List.of(Map.of("name", header, "value", "s3cr3t"))));

    assertThat(((Reading.Faults) reading).message())
        .contains("is set by Drainwatch")
        .doesNotContain("s3cr3t");
  }

  @Test
  @SuppressWarnings("unchecked")
  void aHeaderIsGivenOnce() {
    Reading reading =
        read(
            with(
                slack(),
                "headers",
                List.of(
                    Map.of("name", "X-A", "value", "s3cr3t"),
                    Map.of("name", "x-a", "value", "other"))));

    assertThat(((Reading.Faults) reading).faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.key()).endsWith("headers[1].name"));
  }
}
