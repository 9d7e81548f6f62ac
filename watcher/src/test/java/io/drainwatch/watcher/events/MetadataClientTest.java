package io.drainwatch.watcher.events;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.drainwatch.watcher.events.MetadataServer.EVENTS;
import static io.drainwatch.watcher.events.MetadataServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.watcher.events.PollResult.Empty;
import io.drainwatch.watcher.events.PollResult.Failed;
import io.drainwatch.watcher.events.PollResult.Valid;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row L2b of reliability.md: what may come back, over real sockets. */
class MetadataClientTest {
  @RegisterExtension static final MetadataServer server = new MetadataServer();

  private MetadataClient client = server.client();

  @AfterEach
  void close() {
    client.close();
  }

  private static ResponseDefinitionBuilder body(String body) {
    return aResponse().withBody(body);
  }

  private static ResponseDefinitionBuilder fixture(String name) {
    return aResponse().withBody(Fixtures.bytes(name));
  }

  private static ResponseDefinitionBuilder status(int status) {
    return aResponse().withStatus(status).withBody("status " + status);
  }

  private Document document() {
    PollResult result = client.poll().result();
    assertThat(result).isInstanceOf(Valid.class);
    return ((Valid) result).document();
  }

  private Failed failure() {
    return failure(client.poll());
  }

  private static Failed failure(Poll poll) {
    assertThat(poll.result()).isInstanceOf(Failed.class);
    return (Failed) poll.result();
  }

  @Test
  @DisplayName("a document: read, timed, next poll after the interval")
  void readsADocument() {
    server.answers(EVENTS, fixture("freeze-2-scheduled.json"));

    Poll poll = client.poll();

    Valid valid = (Valid) poll.result();
    assertThat(valid.document().events())
        .extracting(ScheduledEvent::type)
        .containsExactly("Freeze");
    assertThat(valid.document().readAt()).isEqualTo(NOW);
    assertThat(valid.latency()).isEqualTo(Duration.ofMillis(5));
    assertThat(valid.parsed()).isTrue();
    assertThat(poll.nextPollIn()).isEqualTo(Duration.ofSeconds(1));
    assertThat(poll.state()).isEqualTo(ClientState.OK);
    assertThat(client.status())
        .isEqualTo(new MetadataStatus(ClientState.OK, "2020-07-01", true, Optional.of(NOW), 0));
  }

  @Test
  @DisplayName("L2b 200 empty: no news, neither a document nor a failure")
  void emptyBodyIsNotTheEndOfAnEvent() {
    server.answers(EVENTS, fixture("freeze-2-scheduled.json"), fixture("empty-body.txt"));

    document();
    Poll poll = client.poll();

    assertThat(poll.result()).isEqualTo(new Empty());
    assertThat(poll.state()).isEqualTo(ClientState.OK);
    assertThat(poll.nextPollIn()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("L2b 200 empty settles the version")
  void anEmptyBodyCountsAsAnAnswerForTheVersion() {
    server.answers(EVENTS, aResponse(), status(404));

    for (int i = 0; i < 6; i++) {
      client.poll();
    }

    assertThat(client.status().version()).isEqualTo("2020-07-01");
    assertThat(client.status().versionConfirmed()).isTrue();
  }

  @ParameterizedTest(name = "L2b {0}: an error, not \"no events\"")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "HTML           | <html>Sign in</html>",
        "truncated      | {\"DocumentIncarnation\":2,\"Events\":[{\"EventId\":\"A",
        "{}             | {}",
        "Events: null   | {\"Events\":null}",
        "error object   | {\"error\":{\"code\":\"InternalError\"}}",
      })
  void errorBodyWithJsonIsNotADocument(String name, String body) {
    server.answers(EVENTS, fixture("freeze-2-scheduled.json"), body(body));

    document();
    Poll poll = client.poll();

    assertThat(failure(poll).kind()).isEqualTo(ErrorKind.NOT_A_DOCUMENT);
    assertThat(failure(poll).status()).isEqualTo(OptionalInt.of(200));
    assertThat(failure(poll).message())
        .startsWith("GET " + server.base() + "/metadata/scheduledevents?api-version=2020-07-01")
        .contains("the document of 2026-06-01T08:00:00Z stands", "asking again in 1 s");
    assertThat(poll.nextPollIn()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("L2b body over 1 MiB: an error")
  void refusesABodyOverOneMebibyte() {
    String valid = "{\"Events\":[]}";
    server.answers(EVENTS, body(" ".repeat((1 << 20) - valid.length() + 1) + valid));

    assertThat(failure().kind()).isEqualTo(ErrorKind.NOT_A_DOCUMENT);
  }

  @Test
  @DisplayName("a body of exactly 1 MiB is read")
  void readsABodyOfOneMebibyte() {
    String valid = "{\"Events\":[]}";
    server.answers(EVENTS, body(" ".repeat((1 << 20) - valid.length()) + valid));

    assertThat(document().events()).isEmpty();
  }

  @ParameterizedTest(name = "L2b {0}: {1}, next poll in {2} s")
  @CsvSource({
    "400, BAD_REQUEST, 1 1 1",
    "401, NOT_THIS_SERVICE, 1 1 1",
    "403, NOT_THIS_SERVICE, 1 1 1",
    "404, NOT_FOUND, 1 2 4",
    "405, BAD_REQUEST, 1 1 1",
    "410, UPDATING, 5 5 5",
    "418, UNEXPECTED_STATUS, 1 1 1",
    "204, UNEXPECTED_STATUS, 1 1 1",
    "429, TOO_MANY_REQUESTS, 2 4 8",
    "500, SERVER_ERROR, 1 2 4",
    "502, SERVER_ERROR, 1 2 4",
    "503, SERVER_ERROR, 1 2 4",
    "504, SERVER_ERROR, 1 2 4",
    "408, UNEXPECTED_STATUS, 1 1 1",
  })
  void treatsEachStatusByTheTable(int status, ErrorKind kind, String seconds) {
    server.answers(EVENTS, fixture("freeze-1-none.json"), status(status));
    document();

    for (String second : seconds.split(" ")) {
      Poll poll = client.poll();
      assertThat(failure(poll).kind()).isEqualTo(kind);
      assertThat(failure(poll).status()).isEqualTo(OptionalInt.of(status));
      assertThat(failure(poll).retryAfter()).isEmpty();
      assertThat(poll.nextPollIn()).isEqualTo(Duration.ofSeconds(Long.parseLong(second)));
      assertThat(poll.state()).isEqualTo(ClientState.OK);
    }
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  @DisplayName("L2b 500: the message tells what was tried, what came back, what happens next")
  void tellsTheWholeStory() {
    server.answers(
        EVENTS,
        fixture("freeze-1-none.json"),
        aResponse().withStatus(500).withBody("down\u001b[2J\n" + "x".repeat(9_000)));
    document();

    assertThat(failure().message())
        .isEqualTo(
            "GET "
                + server.base()
                + "/metadata/scheduledevents?api-version=2020-07-01 was answered with 500 \"down[2J"
                + "x".repeat(193)
                + "\": the metadata service has a passing fault; the document of"
                + " 2026-06-01T08:00:00Z stands, asking again in 1 s");
  }

  @ParameterizedTest(name = "L2b 429 with Retry-After: {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "7                             | 7",
        "0                             | 1",
        "100000                        | 300",
        "Mon, 01 Jun 2026 08:00:30 GMT | 30",
        "Fri, 01 Jun 2026 08:00:30 UTC | 30",
        "soon                          | 2",
        "99999999999999999999          | 2",
      })
  void honoursRetryAfter(String header, long seconds) {
    server.answers(EVENTS, status(429).withHeader("Retry-After", header));

    assertThat(client.poll().nextPollIn()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest(name = "L2b {0} with Retry-After: {1} is one request")
  @CsvSource({"503, 0", "503, 00", "503, 99999999999999999999", "408, 0", "429, 0"})
  void sendsOneRequestPerTryWhateverTheClientLibraryDoes(int status, String header) {
    server.answers(EVENTS, status(status).withHeader("Retry-After", header));

    assertThat(failure().status()).isEqualTo(OptionalInt.of(status));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  @DisplayName("L2b incarnation back to 1: a document like any other")
  void theIncarnationMayStartOver() {
    String old =
        Fixtures.text("freeze-2-scheduled.json")
            .replace("\"DocumentIncarnation\": 2", "\"DocumentIncarnation\": 279");
    server.answers(EVENTS, body(old), fixture("freeze-1-none.json"));

    assertThat(document().incarnation()).isEqualTo(OptionalLong.of(279));
    assertThat(document().incarnation()).isEqualTo(OptionalLong.of(1));
    assertThat(client.status().state()).isEqualTo(ClientState.OK);
  }

  @Test
  @DisplayName("L2b same number with other content: the content counts")
  void readsNewContentUnderTheSameNumber() {
    String started = Fixtures.text("freeze-2-scheduled.json").replace("Scheduled", "Started");
    server.answers(EVENTS, fixture("freeze-2-scheduled.json"), body(started));

    assertThat(document().events().getFirst().status()).isEqualTo(EventStatus.SCHEDULED);
    assertThat(document().events().getFirst().status()).isEqualTo(EventStatus.STARTED);
  }

  @Test
  @DisplayName("L2b wrong weekday: read")
  void readsAWrongWeekday() {
    server.answers(EVENTS, fixture("freeze-2-scheduled.json"));

    assertThat(document().events().getFirst().notBefore())
        .contains(Instant.parse("2026-04-11T22:26:58Z"));
  }

  @Test
  @DisplayName("L2b ISO date: read")
  void readsAnIsoDate() {
    server.answers(EVENTS, fixture("freeze-iso-notbefore.json"));

    assertThat(document().events().getFirst().notBefore())
        .contains(Instant.parse("2026-04-29T18:00:00Z"));
  }

  @Test
  @DisplayName("L2b id in another case: the same event")
  void anIdInAnotherCaseIsTheSameEvent() {
    String lower =
        Fixtures.text("freeze-2-scheduled.json")
            .replace(
                "C7061BAC-AFDC-4513-B24B-AA5F13A16123", "c7061bac-afdc-4513-b24b-aa5f13a16123");
    server.answers(EVENTS, fixture("freeze-2-scheduled.json"), body(lower));

    assertThat(document().events().getFirst().key())
        .isEqualTo(document().events().getFirst().key());
  }

  @Test
  @DisplayName("L2b unknown type and status: kept, never acknowledgeable, counted once")
  void keepsUnknownTypesAndStatus() {
    server.answers(
        EVENTS,
        body(
            Fixtures.bodyWith(
                Fixtures.entryWith("EventType:\"HostUpdate\"", "EventStatus:\"Paused\""))));

    Poll poll = client.poll();
    Poll same = client.poll();

    ScheduledEvent event = ((Valid) poll.result()).document().events().getFirst();
    assertThat(event.kind().isAcknowledgeable()).isFalse();
    assertThat(event.status()).isEqualTo(EventStatus.UNKNOWN);
    assertThat(poll.oddities())
        .containsOnly(
            java.util.Map.entry(Oddity.UNKNOWN_TYPE, 1),
            java.util.Map.entry(Oddity.UNKNOWN_STATUS, 1));
    assertThat(same.oddities()).isEmpty();
  }

  @Test
  @DisplayName("the same bytes are not parsed again")
  void doesNotParseTheSameBytesTwice() {
    server.answers(
        EVENTS,
        fixture("freeze-2-scheduled.json"),
        fixture("freeze-2-scheduled.json"),
        fixture("freeze-3-started.json"));

    Valid first = (Valid) client.poll().result();
    Valid second = (Valid) client.poll().result();
    Valid third = (Valid) client.poll().result();

    assertThat(first.parsed()).isTrue();
    assertThat(second.parsed()).isFalse();
    assertThat(second.document().events()).isSameAs(first.document().events());
    assertThat(third.parsed()).isTrue();
    assertThat(third.document()).isNotEqualTo(first.document());
  }

  @Test
  @DisplayName("WARMING until the first document, DEGRADED after ten failures, OK again")
  void tellsHowItIsDoing() {
    server.answers(EVENTS, status(500));
    for (int i = 0; i < 9; i++) {
      assertThat(client.poll().state()).isEqualTo(ClientState.WARMING);
    }
    assertThat(client.poll().state()).isEqualTo(ClientState.DEGRADED);

    server.answers(EVENTS, fixture("freeze-1-none.json"));
    assertThat(client.poll().state()).isEqualTo(ClientState.OK);
  }

  @Test
  @DisplayName("L2b 400 at start: steps down until a version answers, then stays there")
  void negotiatesTheVersion() {
    server.answers(
        EVENTS,
        fixture("error-400-versions.json").withStatus(400),
        fixture("error-400-versions.json").withStatus(400),
        fixture("freeze-1-none.json"),
        fixture("error-400-versions.json").withStatus(400),
        status(404));

    for (int i = 0; i < 10; i++) {
      client.poll();
    }

    assertThat(server.requests())
        .extracting(request -> request.queryParameter("api-version").firstValue())
        .startsWith("2020-07-01", "2019-08-01", "2019-04-01")
        .endsWith("2019-04-01", "2019-04-01", "2019-04-01", "2019-04-01", "2019-04-01");
    assertThat(client.status().version()).isEqualTo("2019-04-01");
  }
}
