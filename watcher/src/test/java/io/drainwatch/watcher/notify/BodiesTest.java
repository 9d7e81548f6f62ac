package io.drainwatch.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.drainer.notify.Notice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each sink is sent, to the letter. */
class BodiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FACTS =
      "Time left: 14 min 0 s%1$sDeadline: 2026-06-01T08:14:00Z%1$sNext: the next thing%1$s"
          + "Event: 7CB1D0F4-0001-4E0A-9A6E-0000000000A1%1$sAt: 2026-06-01T08:00:00Z";

  private static String body(SinkKind kind, Notice notice) throws Exception {
    Example example = Example.of(kind, "https://example.com/x");
    if (kind == SinkKind.TELEGRAM) {
      example = example.token(new Secret.Given("123:abc"));
    }
    return new LetterWriting(example.settings()).of(notice).body();
  }

  @Test
  void aCloudEventIsStructuredJson() throws Exception {
    assertThat(body(SinkKind.CLOUDEVENTS, Example.notice(1)))
        .isEqualTo(
            "{\"specversion\":\"1.0\",\"id\":\"00000000000000000000000000000001\","
                + "\"source\":\"/drainwatch/vm-1\","
                + "\"type\":\"io.drainwatch.maintenance.drained\",\"subject\":\"vm-1\","
                + "\"time\":\"2026-06-01T08:00:00Z\",\"datacontenttype\":\"application/json\","
                + "\"data\":{\"id\":\"00000000000000000000000000000001\",\"notice\":\"drained\","
                + "\"at\":\"2026-06-01T08:00:00Z\",\"vm\":\"vm-1\",\"dryRun\":false,"
                + "\"maintenance\":\"7CB1D0F4-0001-4E0A-9A6E-0000000000A1/vm-1\","
                + "\"eventId\":\"7CB1D0F4-0001-4E0A-9A6E-0000000000A1\","
                + "\"eventType\":\"Reboot\",\"notBefore\":\"2026-06-01T08:15:00Z\","
                + "\"deadline\":\"2026-06-01T08:14:00Z\",\"timeLeftSeconds\":840,"
                + "\"text\":\"vm-1: the machine is drained (Reboot)\",\"cause\":\"\","
                + "\"next\":\"the next thing\"}}");
  }

  @Test
  void slackReadsPlainTextAndEscapedMarkup() throws Exception {
    assertThat(body(SinkKind.SLACK, Example.notice(1)))
        .isEqualTo(
            ("{\"text\":\"vm-1: the machine is drained (Reboot)\",\"blocks\":[{\"type\":"
                    + "\"section\",\"text\":{\"type\":\"plain_text\",\"text\":"
                    + "\"vm-1: the machine is drained (Reboot)\\n"
                    + FACTS
                    + "\",\"emoji\":false}}]}")
                .formatted("\\n"));
  }

  @Test
  void teamsReadsAnAdaptiveCardWithoutMarkdown() throws Exception {
    JsonNode message = JSON.readTree(body(SinkKind.TEAMS, Example.notice(1)));
    JsonNode card = message.path("attachments").path(0).path("content");

    assertThat(message.path("type").asText()).isEqualTo("message");
    assertThat(message.path("attachments").path(0).path("contentType").asText())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
    assertThat(card.path("version").asText()).isEqualTo("1.4");
    assertThat(card.path("body").findValuesAsText("type")).doesNotContain("TextBlock");
    assertThat(String.join("|", card.path("body").findValuesAsText("text")))
        .isEqualTo("vm-1: the machine is drained (Reboot)|" + FACTS.formatted("|"));
  }

  @Test
  void telegramReadsPlainText() throws Exception {
    assertThat(body(SinkKind.TELEGRAM, Example.notice(1)))
        .isEqualTo(
            ("{\"chat_id\":\"-100123\",\"text\":\"vm-1: the machine is drained (Reboot)\\n"
                    + FACTS
                    + "\",\"link_preview_options\":{\"is_disabled\":true}}")
                .formatted("\\n"));
  }

  @ParameterizedTest(name = "{0} stays a text in every sink")
  @ValueSource(
      strings = {
        "\"}],\"text\":\"broken out",
        "back\\slash \\\" \\u0022",
        "<!channel> <https://evil.example|click>",
        "{{vm}} {{{vm}}} {{#vm}}x{{/vm}} {{=<% %>=}}",
        "[link](https://evil.example) **bold** `code`",
        "\u2028\u2029\u202E\u0000\u001B[31m",
        "\uD83D\uDE00 emoji \uD83D",
        "</script><script>alert(1)</script>"
      })
  void nothingBreaksOut(String cause) throws Exception {
    Notice notice = Example.blocked(cause);
    for (SinkKind kind : SinkKind.values()) {
      String text =
          kind == SinkKind.WEBHOOK
              ? NoticeTemplate.of(
                      "{\"a\":\"{{cause}}\",\"b\":\"{{{cause}}}\",\"c\":\"{{&cause}}\"}",
                      "application/json")
                  .body(notice)
              : body(kind, notice);
      JsonNode json = JSON.readTree(text);

      assertThat(json.toString()).as("%s", kind).isEqualTo(JSON.readTree(text).toString());
      if (kind == SinkKind.WEBHOOK) {
        assertThat(json.size()).isEqualTo(3);
        assertThat(json.path("a").asText()).isEqualTo(notice.cause());
        assertThat(json.path("b").asText()).isEqualTo(notice.cause());
        assertThat(json.path("c").asText()).isEqualTo(notice.cause());
      }
      if (kind == SinkKind.SLACK) {
        assertThat(json.path("text").asText()).doesNotContain("<", ">");
        assertThat(json.path("blocks").path(0).path("text").path("type").asText())
            .isEqualTo("plain_text");
      }
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"text\": \"{{text}}\"}                 ; ok",
        "{{#deadline}}{\"until\":\"{{deadline}}\"}{{/deadline}}{{^deadline}}{}{{/deadline}} ; ok",
        "{\"left\":"
            + " {{#timeLeftSeconds}}{{.}}{{/timeLeftSeconds}}{{^timeLeftSeconds}}0{{/timeLeftSeconds}}}"
            + " ; ok",
        "{\"text\": {{text}}}                     ; does not give JSON",
        "{\"text\": \"{{text}}\"                  ; does not give JSON",
        "{\"text\": \"{{nosuchfield}}\"}          ; there is id, notice",
        "{\"text\": \"{{#text}}\"}                ; not a Mustache template",
        "{\"text\": \"{{>other}}\"}               ; partials are not supported",
        "{\"text\": \"{{text}}\"} more            ; does not give JSON",
        "{{#nothing}}x{{/nothing}}                ; there is id, notice",
      })
  void aTemplateIsTriedBeforeItIsUsed(String template, String verdict) {
    String said = NoticeTemplate.fault(template, "application/json").orElse("ok");

    assertThat(said).contains(verdict);
  }

  @Test
  void aTemplateOfPlainTextIsNotEscaped() {
    assertThat(
            NoticeTemplate.of("{{vm}}: {{cause}}", "text/plain; charset=UTF-8")
                .body(Example.blocked("a \"b\"")))
        .isEqualTo("vm-1: a \"b\"");
  }

  @ParameterizedTest
  @EnumSource(SinkKind.class)
  void nothingThatIsSaidShowsASecret(SinkKind kind) throws Exception {
    Letter letter =
        new LetterWriting(
                Example.of(kind, "https://hooks.example.com/services/T0/SECRET?sig=abcd1234")
                    .header("Authorization", new Secret.Given("Bearer s3cr3t-value"))
                    .token(new Secret.Given("123:tokentoken"))
                    .settings())
            .of(Example.notice(1));

    assertThat(letter.toString() + Example.of(kind, "https://x/SECRET").settings())
        .doesNotContain("SECRET", "s3cr3t", "tokentoken", "abcd1234");
    assertThat(
            letter.withoutSecrets(
                "no " + letter.url() + " with Bearer s3cr3t-value, 123:tokentoken"))
        .doesNotContain("SECRET", "s3cr3t", "tokentoken", "abcd1234");
  }
}
