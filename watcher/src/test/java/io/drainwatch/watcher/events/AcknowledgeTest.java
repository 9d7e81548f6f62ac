package io.drainwatch.watcher.events;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.drainwatch.watcher.events.MetadataServer.EVENTS;
import static io.drainwatch.watcher.events.MetadataServer.PATIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.drainwatch.watcher.events.AcknowledgeAnswer.Accepted;
import io.drainwatch.watcher.events.AcknowledgeAnswer.Refused;
import io.drainwatch.watcher.events.AcknowledgeAnswer.Unclear;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** azure-scheduled-events.md, section 6. */
class AcknowledgeTest {
  @RegisterExtension static final MetadataServer server = new MetadataServer();

  private MetadataClient client = server.client();

  @AfterEach
  void close() {
    client.close();
  }

  private Unclear unclear() {
    AcknowledgeAnswer answer = client.acknowledge("A");
    assertThat(answer).isInstanceOf(Unclear.class);
    return (Unclear) answer;
  }

  @Test
  void sendsThePublishedBodyToTheUrlOfTheEvents() throws Exception {
    server.answers(EVENTS, aResponse());

    AcknowledgeAnswer answer = client.acknowledge("f020ba2e-3bc0-4c40-a10b-86575a9eabd5");

    LoggedRequest request = server.requests().getFirst();
    JsonMapper mapper = new JsonMapper();
    assertThat(answer).isEqualTo(new Accepted());
    assertThat(request.getMethod().getName()).isEqualTo("POST");
    assertThat(request.getUrl()).isEqualTo("/metadata/scheduledevents?api-version=2020-07-01");
    assertThat(mapper.readTree(request.getBodyAsString()))
        .isEqualTo(mapper.readTree(Fixtures.bytes("acknowledge-request.json")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a0-B", "\"}]} ", "é\\", " padded "})
  void sendsTheIdBackAsReceived(String id) throws Exception {
    server.answers(EVENTS, aResponse());

    client.acknowledge(id);

    assertThat(
            new JsonMapper()
                .readTree(server.requests().getFirst().getBody())
                .at("/StartRequests/0/EventId")
                .textValue())
        .isEqualTo(id);
  }

  @Test
  void asksForTheVersionThatAnswers() {
    server.answers(
        EVENTS, aResponse().withStatus(400), aResponse().withBody("{\"Events\":[]}"), aResponse());
    client.poll();
    client.poll();

    client.acknowledge("A");

    assertThat(server.requests().getLast().getUrl()).endsWith("api-version=2019-08-01");
  }

  @Test
  void takesTheStatusForTheAnswerAndDoesNotWaitForTheBody() throws Exception {
    try (StallingServer stalling = new StallingServer(200);
        MetadataClient patient =
            server.client(MetadataServer.settings(stalling.base(), PATIENT, PATIENT))) {
      assertThat(patient.acknowledge("A")).isEqualTo(new Accepted());
    }
  }

  @Test
  void a400IsRefusedWithTheWordsOfTheService() {
    server.answers(
        EVENTS, aResponse().withStatus(400).withBody("bad\n\u001bid" + "x".repeat(5_000)));

    AcknowledgeAnswer answer = client.acknowledge("A");

    assertThat(answer).isInstanceOf(Refused.class);
    Refused refused = (Refused) answer;
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).startsWith("badidxxx").hasSize(1_024);
    assertThat(refused.message())
        .startsWith("POST " + server.base() + EVENTS)
        .contains("400", "badid", "event A is refused", "next document")
        .hasSizeLessThan(600);
  }

  @ParameterizedTest(name = "{0} is unclear: {1}")
  @CsvSource({
    "201, UNEXPECTED_STATUS",
    "204, UNEXPECTED_STATUS",
    "302, NOT_THIS_SERVICE",
    "401, NOT_THIS_SERVICE",
    "403, NOT_THIS_SERVICE",
    "404, NOT_FOUND",
    "405, BAD_REQUEST",
    "410, UPDATING",
    "429, TOO_MANY_REQUESTS",
    "500, SERVER_ERROR",
    "503, SERVER_ERROR",
  })
  void anythingElseMayOrMayNotHaveCounted(int status, ErrorKind kind) {
    server.answers(
        EVENTS,
        aResponse()
            .withStatus(status)
            .withHeader("Location", server.base() + EVENTS)
            .withHeader("Retry-After", "0"));

    Unclear unclear = unclear();

    assertThat(unclear.kind()).isEqualTo(kind);
    assertThat(unclear.status()).isEqualTo(OptionalInt.of(status));
    assertThat(unclear.retryAfter()).contains(Duration.ZERO);
    assertThat(unclear.message())
        .startsWith("POST " + server.base() + EVENTS)
        .contains("event A may or may not have counted", "the same id can be sent again");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void passesTheRetryAfterOn() {
    server.answers(EVENTS, aResponse().withStatus(429).withHeader("Retry-After", "9"));

    assertThat(unclear().retryAfter()).contains(Duration.ofSeconds(9));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aBrokenConnectionIsUnclearAndSentOnce(Fault fault) {
    server.answers(EVENTS, aResponse().withFault(fault));

    AcknowledgeAnswer answer = client.acknowledge("A");

    if (fault == Fault.MALFORMED_RESPONSE_CHUNK) {
      // this one sends "200 OK" first, and the body is nobody's business
      assertThat(answer).isEqualTo(new Accepted());
    } else {
      assertThat(answer).isInstanceOf(Unclear.class);
      assertThat(((Unclear) answer).kind()).isEqualTo(ErrorKind.CONNECTION_LOST);
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aTimeOutIsUnclear() {
    client.close();
    client = server.client(server.settings(Duration.ofMillis(300), PATIENT));
    server.answers(EVENTS, aResponse().withFixedDelay(900));

    Unclear unclear = unclear();

    assertThat(unclear.kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(unclear.status()).isEmpty();
    assertThat(unclear.retryAfter()).isEmpty();
  }

  @Test
  void saysNothingAboutTheHealthOfPolling() {
    server.answers(EVENTS, aResponse().withBody("{\"Events\":[]}"), aResponse().withStatus(500));
    client.poll();
    MetadataStatus before = client.status();
    for (int i = 0; i < 12; i++) {
      client.acknowledge("A");
    }

    assertThat(client.status()).isEqualTo(before);
    assertThat(before.state()).isEqualTo(ClientState.OK);
    assertThat(before.lastValidAt()).isEqualTo(Optional.of(MetadataServer.NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void needsAnId(String id) {
    assertThatThrownBy(() -> client.acknowledge(id)).isInstanceOf(IllegalArgumentException.class);
    assertThat(server.requests()).isEmpty();
  }
}
