package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionAnswer.Body;
import io.drainwatch.drainer.evictions.EvictionAnswer.Failure;
import io.drainwatch.drainer.evictions.EvictionRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each call is one request, and its answer is what came. */
class OneRequestTest {
  private final ApiDouble api = new ApiDouble();
  private final BlockingQueue<EvictionAnswer> answers = new LinkedBlockingQueue<>();

  @AfterEach
  void close() throws IOException {
    api.close();
  }

  private EvictionAnswer answerTo(EvictionRequest.ForPod request) throws InterruptedException {
    return answerTo(request, Duration.ofSeconds(10));
  }

  private EvictionAnswer answerTo(EvictionRequest.ForPod request, Duration limit)
      throws InterruptedException {
    try (FabricCluster cluster = Fixture.cluster(api, limit, Fixture.QUICK)) {
      cluster.send(request, answers::add);
      EvictionAnswer answer = Fixture.next(answers);
      assertThat(api.requests()).as("requests on the wire").hasSize(1);
      assertThat(answers).as("further answers").isEmpty();
      return answer;
    }
  }

  @ParameterizedTest(name = "K92 HTTP {0}, Retry-After {1}")
  @CsvSource({
    "200,", "201,", "302,", "400,", "401,", "403,", "404,", "408,", "409,", "410,", "421,", "422,",
    "429,", "429,0", "429,10", "500,", "502,", "503,", "503,0", "503,1", "504,"
  })
  void isSentOnceAndAnsweredAsItCame(int status, String retryAfter) throws InterruptedException {
    String body = Fixture.status(418, "SomeReason", "as told");
    api.when(
        "POST",
        retryAfter == null
            ? ApiDouble.json(status, body, "Location: /elsewhere")
            : ApiDouble.json(status, body, "Retry-After: " + retryAfter));

    EvictionAnswer.Http answer = (EvictionAnswer.Http) answerTo(Fixture.evict("a"));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.retryAfter()).isEqualTo(Optional.ofNullable(retryAfter));
    assertThat(answer.body())
        .isInstanceOfSatisfying(
            Body.StatusBody.class,
            it -> {
              assertThat(it.status().message()).isEqualTo("as told");
              assertThat(it.status().code()).isEqualTo(418);
            });
  }

  @Test
  @DisplayName("K92 a 429 keeps the cause, the budget and the seconds")
  void keepsTheCause() throws InterruptedException {
    api.when(
        "POST",
        ApiDouble.json(
            429,
            """
            {"kind":"Status","status":"Failure","reason":"TooManyRequests","code":429,
            "message":"Cannot evict pod as it would violate the pod's disruption budget.",
            "details":{"retryAfterSeconds":10,"causes":[{"reason":"DisruptionBudget",
            "message":"The disruption budget web needs 2 healthy pods and has 2 currently"}]}}\
            """));

    EvictionAnswer.Http answer = (EvictionAnswer.Http) answerTo(Fixture.evict("a"));

    Body.StatusBody body = (Body.StatusBody) answer.body();
    assertThat(body.status().retryAfterSeconds()).hasValue(10);
    assertThat(body.status().causes())
        .singleElement()
        .satisfies(cause -> assertThat(cause.message()).contains("web needs 2"));
  }

  @Test
  @DisplayName("K35 a connection reset after the request was read is one request, and a reset")
  void isNotRepeatedAfterAReset() throws InterruptedException {
    api.when("POST", ApiDouble.reset());

    assertThat(answerTo(Fixture.evict("a")))
        .isInstanceOfSatisfying(
            EvictionAnswer.Failed.class,
            failed -> assertThat(failed.failure()).isEqualTo(Failure.RESET));
  }

  @Test
  @DisplayName("K35 nor is one that went out on a connection kept from before")
  void isNotRepeatedOnAKeptConnection() throws InterruptedException {
    api.when("POST", ApiDouble.json(201, "{}"), ApiDouble.reset(), ApiDouble.json(201, "{}"));
    try (FabricCluster cluster = Fixture.cluster(api)) {
      cluster.send(Fixture.evict("a"), answers::add);
      Fixture.next(answers);
      cluster.send(Fixture.evict("b"), answers::add);

      assertThat(Fixture.next(answers)).isInstanceOf(EvictionAnswer.Failed.class);
      assertThat(api.requests()).hasSize(2);
    }
  }

  @Test
  @DisplayName("K36 an answer that does not come in time is a time-out")
  void timesOut() throws InterruptedException {
    api.when("POST", api.silence());

    assertThat(answerTo(Fixture.evict("a"), Duration.ofMillis(300)))
        .isInstanceOfSatisfying(
            EvictionAnswer.Failed.class,
            failed -> assertThat(failed.failure()).isEqualTo(Failure.TIMEOUT));
  }

  @Test
  @DisplayName("K93 the limit is that of the whole call, its body included")
  void doesNotWaitForABodyForEver() throws InterruptedException {
    api.when("POST", api.stuck(201, "{\"kind\":\"Status\","));

    assertThat(answerTo(Fixture.evict("a"), Duration.ofMillis(300)))
        .isInstanceOfSatisfying(
            EvictionAnswer.Http.class,
            http -> assertThat(http.body()).isInstanceOf(Body.Unreadable.class));
  }

  @Test
  @DisplayName("K93 a truncated body is unreadable, its status known")
  void tellsATruncatedBody() throws InterruptedException {
    api.when("POST", ApiDouble.truncated(201, "{\"kind\":\"Status\",\"status\":\"Success\"}"));

    assertThat(answerTo(Fixture.evict("a")))
        .isInstanceOfSatisfying(
            EvictionAnswer.Http.class,
            http -> {
              assertThat(http.status()).isEqualTo(201);
              assertThat(http.body()).isInstanceOf(Body.Unreadable.class);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>login</html>", "", "Too many requests, please try again later.\n"})
  void keepsTheBeginningOfWhatIsNoJson(String text) throws InterruptedException {
    api.when("POST", ApiDouble.text(429, "text/plain", text, "Retry-After: 1"));

    assertThat(answerTo(Fixture.evict("a")))
        .isEqualTo(
            new EvictionAnswer.Http(429, new Body.Unreadable(text.strip()), Optional.of("1")));
  }

  @Test
  void boundsABody() throws InterruptedException {
    String long1 = "{\"a\":\"" + "x".repeat(100_000) + "\"}";
    api.when("POST", ApiDouble.json(500, long1));

    assertThat(answerTo(Fixture.evict("a")))
        .isInstanceOfSatisfying(
            EvictionAnswer.Http.class,
            http ->
                assertThat(http.body())
                    .isInstanceOfSatisfying(
                        Body.Unreadable.class,
                        body -> assertThat(body.beginning()).hasSizeLessThanOrEqualTo(300)));
  }

  @Test
  @DisplayName("I2 an eviction names the pod, its namespace and its UID, and no grace of its own")
  void evictsOneUid() throws InterruptedException {
    api.when("POST", ApiDouble.json(201, "{\"kind\":\"Status\",\"status\":\"Success\"}"));

    answerTo(Fixture.evict("a"));

    ApiDouble.Request sent = api.requests().getFirst();
    assertThat(sent.path()).isEqualTo("/api/v1/namespaces/shop/pods/a/eviction");
    assertThat(sent.headers())
        .containsEntry("authorization", "Bearer token-1")
        .containsEntry("user-agent", "drainwatch");
    assertThat(sent.body())
        .isEqualTo(
            "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"a\","
                + "\"namespace\":\"shop\"},\"deleteOptions\":{\"preconditions\":{\"uid\":\"uid-a\"}}}");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"EVICT, true", "NO_EVICTION_API, true", "FORCED, false", "SHORTENED, false"})
  @DisplayName("what may only go as it was seen is asked to by its version, and forced without")
  void asksForAVersionWhereItMatters(String what, boolean told) throws InterruptedException {
    api.when("POST", ApiDouble.json(201, "{}")).when("DELETE", ApiDouble.json(200, "{}"));
    EvictablePod pod = Fixture.pod("a", Optional.of("77"));

    answerTo(
        what.equals("EVICT")
            ? new EvictionRequest.Evict(pod, 1, Optional.empty())
            : new EvictionRequest.Delete(
                pod, 1, Optional.empty(), EvictionRequest.Why.valueOf(what)));

    assertThat(api.requests().getFirst().body())
        .contains(
            "\"preconditions\":{\"uid\":\"uid-a\"" + (told ? ",\"resourceVersion\":\"77\"}" : "}"));
  }

  @Test
  void shortensAGrace() throws InterruptedException {
    api.when("POST", ApiDouble.json(201, "{}"));

    answerTo(new EvictionRequest.Evict(Fixture.pod("a"), 1, Optional.of(Duration.ofSeconds(7))));

    assertThat(api.requests().getFirst().body()).contains("\"gracePeriodSeconds\":7");
  }

  @Test
  @DisplayName("I2 a DELETE is for one UID, and answered with the pod")
  void deletesOneUid() throws InterruptedException {
    api.when(
        "DELETE", ApiDouble.json(200, "{\"kind\":\"Pod\",\"x\":\"" + "y".repeat(99_000) + "\"}"));

    EvictionAnswer answer =
        answerTo(
            new EvictionRequest.Delete(
                Fixture.pod("a"),
                1,
                Optional.of(Duration.ofSeconds(3)),
                EvictionRequest.Why.FORCED));

    assertThat(answer)
        .isEqualTo(new EvictionAnswer.Http(200, new Body.OtherJson(), Optional.empty()));
    ApiDouble.Request sent = api.requests().getFirst();
    assertThat(sent.path()).isEqualTo("/api/v1/namespaces/shop/pods/a");
    assertThat(sent.body())
        .isEqualTo(
            "{\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\",\"preconditions\":{\"uid\":\"uid-a\"},"
                + "\"gracePeriodSeconds\":3}");
  }

  @Test
  void answersOnceAlsoUnderCancel() throws InterruptedException {
    api.when("POST", api.silence());
    try (FabricCluster cluster = Fixture.cluster(api)) {
      Cluster.Sent sent = cluster.send(Fixture.evict("a"), answers::add);
      sent.cancel();
      sent.cancel();

      assertThat(Fixture.next(answers))
          .isInstanceOfSatisfying(
              EvictionAnswer.Failed.class,
              failed -> assertThat(failed.failure()).isEqualTo(Failure.RESET));
      sent.cancel();
      assertThat(answers).isEmpty();
    }
  }

  @Test
  void answersOnceWhenTheClusterIsClosed() throws InterruptedException {
    api.when("POST", api.silence());
    FabricCluster cluster = Fixture.cluster(api);
    cluster.send(Fixture.evict("a"), answers::add);
    cluster.close();

    assertThat(Fixture.next(answers)).isInstanceOf(EvictionAnswer.Failed.class);
    cluster.send(Fixture.evict("b"), answers::add);
    assertThat(Fixture.next(answers)).isInstanceOf(EvictionAnswer.Failed.class);
    assertThat(answers).isEmpty();
  }

  @Test
  void tellsThatNobodyListens() throws Exception {
    api.close();
    try (FabricCluster cluster = Fixture.cluster(api)) {
      cluster.send(Fixture.evict("a"), answers::add);
      assertThat(Fixture.next(answers)).isInstanceOf(EvictionAnswer.Failed.class);
    }
  }
}
