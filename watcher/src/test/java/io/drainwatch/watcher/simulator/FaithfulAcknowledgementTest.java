package io.drainwatch.watcher.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an acknowledgement does: section 6, section 14, and D70. */
class FaithfulAcknowledgementTest extends OverASocket {

  @Test
  @DisplayName("14 200 for a repeated POST")
  void acceptsTheSameAcknowledgementAgain() throws IOException {
    Simulator simulator = simulator();
    Client client = client(simulator);
    String id = simulator.schedule(EventPlan.ofType("Reboot").build());

    assertThat(client.acknowledge(id).statusCode()).isEqualTo(200);
    JsonNode once = client.document();
    assertThat(client.acknowledge(id.toLowerCase(Locale.ROOT)).statusCode()).isEqualTo(200);

    assertThat(client.document()).isEqualTo(once);
  }

  @ParameterizedTest(name = "6 400 for {0}")
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"StartRequests\":{}}",
        "{\"StartRequests\":[]}",
        "{\"StartRequests\":[{}]}",
        "{\"StartRequests\":[{\"EventId\":\"NOBODY\"}]}"
      })
  void refusesAMalformedAcknowledgement(String body) throws IOException {
    Client client = client(simulator());

    assertThat(client.post(Client.EVENTS, body).statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName("6 an id that is gone is 400, or 200 if asked")
  void answersAGoneIdAsAsked() throws IOException {
    Simulator strict = simulator();
    Simulator easy = simulator(SimulatorSettings.forVm("vm1").withUnknownEvent(200));

    assertThat(client(strict).acknowledge("GONE").statusCode()).isEqualTo(400);
    assertThat(client(easy).acknowledge("GONE").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("D70: every id of an acknowledgement counts, not only the first")
  void countsEveryIdOfAnAcknowledgement() throws IOException {
    Simulator simulator = simulator();
    Client client = client(simulator);
    String first = simulator.schedule(EventPlan.ofType("Freeze").build());
    String second = simulator.schedule(EventPlan.ofType("Reboot").build());

    client.acknowledge(first, second);

    assertThat(client.document().path("Events").findValuesAsText("EventStatus"))
        .containsExactly("Started", "Started");
    assertThat(simulator.requests().getFirst().acknowledgedIds()).containsExactly(first, second);
  }

  @Test
  @DisplayName(
      "D70: an acknowledgement without any event is answered for its id, and nothing breaks")
  void staysUpAfterABadAcknowledgement() throws IOException {
    Client client = client(simulator());

    assertThat(client.acknowledge("NOBODY").statusCode()).isEqualTo(400);
    assertThat(client.document().path("Events").isArray()).isTrue();
  }

  @Test
  @DisplayName("6 Microsoft's sample of an acknowledgement is understood")
  void readsMicrosoftsAcknowledgement() throws IOException {
    Simulator simulator = simulator();
    simulator.schedule(
        EventPlan.ofType("Reboot").id("F020BA2E-3BC0-4C40-A10B-86575A9EABD5").build());

    assertThat(
            client(simulator)
                .post(Client.EVENTS, fixture("acknowledge-request.json").toString())
                .statusCode())
        .isEqualTo(200);
    assertThat(simulator.state().events().getFirst().isStarted()).isTrue();
  }
}
