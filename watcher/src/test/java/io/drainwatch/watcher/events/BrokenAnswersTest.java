package io.drainwatch.watcher.events;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.drainwatch.watcher.events.MetadataServer.EVENTS;
import static io.drainwatch.watcher.events.MetadataServer.PATIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.watcher.events.PollResult.Failed;
import io.drainwatch.watcher.events.PollResult.Valid;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Row L2b of reliability.md: answers that break off or do not come, over real sockets. */
class BrokenAnswersTest {
  @RegisterExtension static final MetadataServer server = new MetadataServer();

  private MetadataClient client = server.client();

  @AfterEach
  void close() {
    client.close();
  }

  private static ResponseDefinitionBuilder fixture(String name) {
    return aResponse().withBody(Fixtures.bytes(name));
  }

  private Document document() {
    PollResult result = client.poll().result();
    assertThat(result).isInstanceOf(Valid.class);
    return ((Valid) result).document();
  }

  private static Failed failure(Poll poll) {
    assertThat(poll.result()).isInstanceOf(Failed.class);
    return (Failed) poll.result();
  }

  @ParameterizedTest(name = "L2b {0}: one request, next poll as usual")
  @EnumSource(Fault.class)
  void aBrokenConnectionIsAnErrorAndNotTriedAgain(Fault fault) {
    server.answers(EVENTS, aResponse().withFault(fault));

    Poll poll = client.poll();

    assertThat(failure(poll).kind()).isEqualTo(ErrorKind.CONNECTION_LOST);
    assertThat(poll.nextPollIn()).isEqualTo(Duration.ofSeconds(1));
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest(name = "L2b {0} on the kept connection: one more over a new one, no third")
  @EnumSource(Fault.class)
  void aKeptConnectionThatBreaksIsAnErrorOnlyIfANewOneBreaksToo(Fault fault) {
    server.answers(EVENTS, fixture("freeze-1-none.json"), aResponse().withFault(fault));
    document();

    Poll poll = client.poll();

    assertThat(failure(poll).kind()).isEqualTo(ErrorKind.CONNECTION_LOST);
    assertThat(poll.nextPollIn()).isEqualTo(Duration.ofSeconds(1));
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  @DisplayName("L2b slow first answer: waited for, and only the first")
  void waitsForASlowFirstAnswerOnly() {
    client.close();
    client = server.client(server.settings(Duration.ofMillis(300), PATIENT));
    server.answers(
        EVENTS,
        fixture("freeze-1-none.json").withFixedDelay(600),
        fixture("freeze-2-scheduled.json").withFixedDelay(900));

    assertThat(document().events()).isEmpty();
    Poll second = client.poll();

    assertThat(failure(second).kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(failure(second).message()).doesNotContain("hostNetwork");
    assertThat(second.nextPollIn()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("L2b stalled body: the whole exchange is limited")
  void aStalledBodyEndsWithTheLimit() {
    client.close();
    client = server.client(server.settings(Duration.ofMillis(300), PATIENT));
    server.answers(
        EVENTS,
        fixture("freeze-1-none.json"),
        fixture("freeze-2-scheduled.json").withChunkedDribbleDelay(9, 900));
    document();

    assertThat(failure(client.poll()).kind()).isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  @DisplayName("L2b stalled body of an error: the status still counts")
  void aStalledErrorBodyDoesNotHideTheStatus() throws Exception {
    Duration limit = Duration.ofMillis(800);
    try (StallingServer stalling = new StallingServer(429);
        MetadataClient impatient =
            server.client(MetadataServer.settings(stalling.base(), limit, limit))) {
      assertThat(failure(impatient.poll()).kind()).isEqualTo(ErrorKind.TOO_MANY_REQUESTS);
    }
  }
}
