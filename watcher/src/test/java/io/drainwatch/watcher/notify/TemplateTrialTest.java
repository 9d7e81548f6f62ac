package io.drainwatch.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a template is tried with before it is used. */
class TemplateTrialTest {

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{\"a\": \"{{vm}}\"{{#node}}, \"b\": \"{{node}}\" {{^pool}},{{/pool}}{{/node}}}",
        "{\"a\": {{#notBefore}}{{#deadline}}1{{/deadline}}{{/notBefore}}"
            + "{{^notBefore}}0{{/notBefore}}}",
        "{\"a\": {{#cause}}{{#dryRun}}1{{/dryRun}}{{^dryRun}}0{{/dryRun}}{{/cause}}"
            + "{{^cause}}{{^warning}}0{{/warning}}{{/cause}}}",
      })
  void aTemplateIsTriedWithEachWayInWhichFieldsMayBeMissing(String template) {
    assertThat(NoticeTemplate.fault(template, "application/json").orElse("ok"))
        .contains("does not give JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/json", "application/problem+json"})
  void everyKindOfJsonIsChecked(String contentType) {
    assertThat(NoticeTemplate.fault("{\"text\": {{text}}}", contentType)).isPresent();
    assertThat(
            NoticeTemplate.of("{\"a\":\"{{cause}}\"}", contentType)
                .body(Example.blocked("a \"b\"")))
        .isEqualTo("{\"a\":\"a \\\"b\\\"\"}");
  }
}
