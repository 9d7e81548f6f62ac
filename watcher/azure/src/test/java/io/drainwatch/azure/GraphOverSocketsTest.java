package io.drainwatch.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.GraphEvent;
import io.drainwatch.watcher.azure.GraphSight;
import io.drainwatch.watcher.azure.Trouble;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the drainer asks Resource Graph, over real sockets: a whole answer or none. */
@Timeout(60)
class GraphOverSocketsTest {
  private static final String SET =
      "/subscriptions/s/resourcegroups/rg/providers/microsoft.compute/virtualmachinescalesets/pool";
  private static final String SET_ROW =
      "{\"id\":\""
          + SET
          + "\",\"name\":\"pool\",\"type\":\"microsoft.compute/virtualmachinescalesets\"}";
  private static final String EVENT_ROW =
      "{\"id\":\""
          + SET
          + "/providers/microsoft.maintenance/scheduledevents/abc\",\"name\":\"abc\","
          + "\"type\":\"microsoft.maintenance/scheduledevents\",\"properties\":{\"EventId\":\"abc\","
          + "\"EventType\":\"Reboot\",\"EventStatus\":\"Scheduled\",\"Resources\":[\"pool_3\"],"
          + "\"NotBefore\":\"2026-11-21T18:00:00Z\"}}";
  private static final GraphEvent EVENT =
      new GraphEvent(SET, "abc", "Reboot", "Scheduled", List.of("pool_3"), "2026-11-21T18:00:00Z");

  private final Arm arm = Arm.start();

  @AfterEach
  void close() {
    arm.close();
  }

  private static MappingBuilder query() {
    return post(urlPathEqualTo("/providers/Microsoft.ResourceGraph/resources"));
  }

  private static String page(int total, String truncated, String token, String... rows) {
    return "{\"totalRecords\":"
        + total
        + ",\"count\":"
        + rows.length
        + ",\"resultTruncated\":\""
        + truncated
        + "\""
        + (token.isEmpty() ? "" : ",\"$skipToken\":\"" + token + "\"")
        + ",\"data\":["
        + String.join(",", rows)
        + "]}";
  }

  private AzureAnswer<GraphSight> ask() {
    return ask(Duration.ofSeconds(30));
  }

  private AzureAnswer<GraphSight> askWithin1Second() {
    return ask(Duration.ofSeconds(1));
  }

  private AzureAnswer<GraphSight> ask(Duration limit) {
    try (AzureResources azure = arm.client(limit, limit)) {
      return azure.sight(List.of(Arm.SUBSCRIPTION, "sub-2"));
    }
  }

  private Trouble.Kind refused() {
    return ask().problem().orElseThrow().kind();
  }

  @Test
  void asksForAllSubscriptionsAtOnceAndTellsWhatItMaySee() {
    arm.answer(
        query()
            .withRequestBody(
                matchingJsonPath(
                    "$.subscriptions", equalToJson("[\"" + Arm.SUBSCRIPTION + "\",\"sub-2\"]"))),
        Arm.ok(page(2, "false", "", SET_ROW, EVENT_ROW)));
    GraphSight sight = ask().found().orElseThrow();
    assertThat(sight.sees()).containsExactly(SET);
    assertThat(sight.events()).containsExactly(EVENT);
  }

  @Test
  void readsAllPages() {
    arm.answer(query(), Arm.ok(page(2, "false", "more", SET_ROW)));
    arm.answer(
        query().withRequestBody(matchingJsonPath("$.options[?(@.$skipToken == 'more')]")),
        Arm.ok(page(2, "false", "", EVENT_ROW)));
    assertThat(ask().found().orElseThrow().events()).containsExactly(EVENT);
  }

  @Test
  void aPageThatDoesNotComeIsNoAnswer() {
    arm.answer(query(), Arm.ok(page(2, "false", "more", EVENT_ROW)));
    arm.answer(
        query().withRequestBody(matchingJsonPath("$.options[?(@.$skipToken == 'more')]")),
        Arm.refusal(403, "AuthorizationFailed", "No."));
    assertThat(refused()).isEqualTo(Trouble.Kind.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cut: {\"totalRecords\":1,\"count\":1,\"resultTruncated\":\"true\",\"data\":[{}]}",
        "fewer: {\"totalRecords\":2,\"count\":1,\"resultTruncated\":\"false\",\"data\":[{}]}",
        "no list: {\"totalRecords\":0,\"count\":0,\"resultTruncated\":\"false\",\"data\":{}}",
        "no data: {\"totalRecords\":0,\"count\":0,\"resultTruncated\":\"false\"}",
        "half: {\"totalRecords\":1,\"count\":1,\"resultTruncated\":\"false\",\"data\":[{",
        "nothing: {}",
        "a proxy: <html>sign in</html>"
      })
  void aPartIsNoAnswer(String body) {
    arm.answer(query(), Arm.ok(body.substring(body.indexOf(": ") + 2)));
    assertThat(ask().found()).isEmpty();
  }

  @Test
  void pagesWithoutEndAreNoAnswer() {
    arm.answer(query(), Arm.ok(page(9, "false", "more", EVENT_ROW)));
    assertThat(ask().found()).isEmpty();
    assertThat(arm.requests().size()).isLessThanOrEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({
    "401, NO_LOGIN",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "429, THROTTLED",
    "500, SERVER",
    "503, SERVER"
  })
  void aRefusalIsNoAnswer(int status, Trouble.Kind kind) {
    arm.answer(query(), Arm.refusal(status, "Why", "Because.").withHeader("Retry-After", "3600"));
    AzureAnswer<GraphSight> answer = ask();
    assertThat(answer.problem().orElseThrow().kind()).isEqualTo(kind);
    if (status == 429) {
      assertThat(answer.problem().orElseThrow().retryAfter()).contains(Duration.ofHours(1));
    }
  }

  @Test
  void waitsAsLongAsAShort429Asks() {
    arm.server.stubFor(
        query()
            .inScenario("busy")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(Arm.refusal(429, "RateLimiting", "Later.").withHeader("Retry-After", "1"))
            .willSetStateTo("then"));
    arm.server.stubFor(
        query()
            .inScenario("busy")
            .whenScenarioStateIs("then")
            .willReturn(Arm.ok(page(1, "false", "", SET_ROW))));
    assertThat(ask().found()).isPresent();
    assertThat(arm.requests()).hasSize(2);
  }

  @Test
  void holdsTheNextPageBackWhenTheGraphsQuotaIsUsedUp() {
    arm.answer(
        query(),
        Arm.ok(page(2, "false", "more", SET_ROW)).withHeader("x-ms-user-quota-remaining", "0"));
    arm.answer(
        query().withRequestBody(matchingJsonPath("$.options[?(@.$skipToken == 'more')]")),
        Arm.ok(page(2, "false", "", EVENT_ROW)));
    try (AzureResources azure =
        arm.client(Duration.ofSeconds(1), new Pauses(Duration.ZERO, Duration.ofMinutes(1)))) {
      assertThat(azure.sight(List.of(Arm.SUBSCRIPTION)).problem().orElseThrow().kind())
          .as("the pause is longer than this call may take")
          .isEqualTo(Trouble.Kind.TIMED_OUT);
    }
    assertThat(arm.requests()).as("never the second page").hasSizeLessThan(2);
  }

  @Test
  void aBrokenOrLateAnswerIsNone() {
    arm.answer(query(), Arm.ok("").withFault(Fault.CONNECTION_RESET_BY_PEER));
    assertThat(askWithin1Second().found()).isEmpty();
    arm.answer(query(), Arm.ok(page(0, "false", "")).withFixedDelay(30_000));
    assertThat(askWithin1Second().problem().orElseThrow().kind()).isEqualTo(Trouble.Kind.TIMED_OUT);
  }
}
