package io.drainwatch.watcher.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.Fault;
import io.drainwatch.watcher.simulator.platform.PlannedFault;
import io.drainwatch.watcher.simulator.platform.PlannedFault.Target;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault over a real socket. */
class FaultTest {

  private final TurnedTime time = new TurnedTime(Instant.parse("2026-06-01T08:00:00Z"));
  private Simulator simulator;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorSettings.forVm("vm1"), time, time, Simulator::newId);
    client = new Client(simulator.baseUrl());
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @ParameterizedTest(name = "status {0}, and the next answer is right again")
  @ValueSource(ints = {400, 401, 403, 404, 405, 410, 429, 500, 503})
  void answersWithAStatus(int code) throws IOException {
    simulator.setFault(PlannedFault.nextPolls(1, new Fault.Status(code, Optional.empty())));

    HttpResponse<String> answer = client.poll();

    assertThat(answer.statusCode()).isEqualTo(code);
    assertThat(Client.json(answer).has("Events")).isFalse();
    assertThat(client.poll().statusCode()).isEqualTo(200);
  }

  @Test
  void saysWhenToTryAgain() throws IOException {
    simulator.setFault(
        PlannedFault.nextPolls(1, new Fault.Status(429, Optional.of(Duration.ofSeconds(7)))));

    assertThat(client.poll().headers().firstValue("Retry-After")).hasValue("7");
  }

  @Test
  void answersWithAnEmptyBody() throws IOException {
    simulator.setFault(PlannedFault.nextPolls(1, new Fault.EmptyBody()));

    HttpResponse<String> answer = client.poll();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void answersWithAPage() throws IOException {
    simulator.setFault(PlannedFault.nextPolls(1, new Fault.Html()));

    HttpResponse<String> answer = client.poll();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("<!DOCTYPE html>");
  }

  @Test
  void answersWithHalfADocument() throws IOException {
    simulator.setFault(PlannedFault.nextPolls(1, new Fault.TruncatedJson()));

    HttpResponse<String> answer = client.poll();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"DocumentInc");
    assertThatThrownBy(() -> Client.json(answer)).isInstanceOf(JacksonException.class);
  }

  @Test
  void answersWithoutAListOfEvents() throws IOException {
    simulator.setFault(PlannedFault.nextPolls(1, new Fault.NullEvents()));

    HttpResponse<String> answer = client.poll();

    assertThat(Client.json(answer).path("Events").isNull()).isTrue();
    assertThat(Client.json(answer).path("DocumentIncarnation").asInt()).isEqualTo(1);
  }

  @Test
  void cutsTheBodyOff() throws IOException {
    simulator.setFault(PlannedFault.nextPolls(1, new Fault.CutOffBody()));

    assertThatThrownBy(() -> client.poll()).isInstanceOf(IOException.class);
    assertThat(client.poll().statusCode()).isEqualTo(200);
  }

  @Test
  void closesTheConnection() throws IOException {
    simulator.setFault(
        PlannedFault.nextAcknowledgements(1, new Fault.ConnectionClosed()).butCarriedOut());
    String id = simulator.schedule(EventPlan.ofType("Reboot").build());

    assertThatThrownBy(() -> client.acknowledge(id)).isInstanceOf(IOException.class);

    assertThat(simulator.requests().getFirst().status()).isZero();
    assertThat(simulator.requests().getFirst().fault()).hasValue("connection-closed");
  }

  @Test
  void stallsInTheMiddleOfTheBody() {
    simulator.setFault(PlannedFault.nextPolls(1, new Fault.StalledBody(Duration.ofSeconds(60))));

    CompletableFuture<HttpResponse<String>> poll = client.sendLater(client.to(Client.EVENTS));
    until(() -> time.waiting() == 1);
    time.turn(Duration.ofSeconds(59));
    assertThat(poll).isNotDone();
    time.turn(Duration.ofSeconds(1));

    assertThatThrownBy(() -> poll.get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void answersSlowly() throws Exception {
    simulator.setFault(PlannedFault.nextPolls(1, new Fault.SlowAnswer(Duration.ofSeconds(30))));

    CompletableFuture<HttpResponse<String>> poll = client.sendLater(client.to(Client.EVENTS));
    until(() -> time.waiting() == 1);
    time.turn(Duration.ofSeconds(29));
    assertThat(poll).isNotDone();
    time.turn(Duration.ofSeconds(1));

    assertThat(poll.get(5, TimeUnit.SECONDS).body()).contains("Events");
  }

  @Test
  void lastsForACountOfRequests() throws IOException {
    simulator.setFault(PlannedFault.nextPolls(2, new Fault.EmptyBody()));

    assertThat(client.poll().body()).isEmpty();
    assertThat(client.poll().body()).isEmpty();
    assertThat(client.poll().body()).isNotEmpty();
  }

  @Test
  void lastsForATime() throws IOException {
    simulator.setFault(
        PlannedFault.nextPolls(1, new Fault.EmptyBody()).lasting(Duration.ofSeconds(70)));

    assertThat(client.poll().body()).isEmpty();
    time.turn(Duration.ofSeconds(69));
    assertThat(client.poll().body()).isEmpty();
    time.turn(Duration.ofSeconds(1));
    assertThat(client.poll().body()).isNotEmpty();
  }

  @Test
  void hitsOnlyWhatItIsAimedAt() throws IOException {
    String id = simulator.schedule(EventPlan.ofType("Reboot").build());
    Fault broken = new Fault.Status(500, Optional.empty());
    simulator.setFault(PlannedFault.nextAcknowledgements(1, broken));
    simulator.setFault(PlannedFault.nextPolls(1, broken).on(Target.INSTANCE));

    assertThat(client.poll().statusCode()).isEqualTo(200);
    assertThat(client.get("/metadata/versions").statusCode()).isEqualTo(500);
    assertThat(client.acknowledge(id).statusCode()).isEqualTo(500);
    assertThat(client.acknowledge(id).statusCode()).isEqualTo(200);
  }

  @Test
  void doesNotCountAnAcknowledgementThatItRefuses() throws IOException {
    String id = simulator.schedule(EventPlan.ofType("Reboot").build());
    simulator.setFault(
        PlannedFault.nextAcknowledgements(1, new Fault.Status(500, Optional.empty())));

    assertThat(client.acknowledge(id).statusCode()).isEqualTo(500);

    assertThat(simulator.state().events().getFirst().isStarted()).isFalse();
    assertThat(simulator.requests().getFirst().acknowledgedIds()).containsExactly(id);
  }

  @Test
  void canCountAnAcknowledgementAndStillFail() throws IOException {
    String id = simulator.schedule(EventPlan.ofType("Reboot").build());
    simulator.setFault(
        PlannedFault.nextAcknowledgements(1, new Fault.Status(500, Optional.empty()))
            .butCarriedOut());

    assertThat(client.acknowledge(id).statusCode()).isEqualTo(500);

    assertThat(simulator.state().events().getFirst().isStarted()).isTrue();
  }

  @Test
  void cutsOffTheAnswerToAnAcknowledgementThatCounts() {
    String id = simulator.schedule(EventPlan.ofType("Reboot").build());
    simulator.setFault(PlannedFault.nextAcknowledgements(1, new Fault.CutOffBody()));

    assertThatThrownBy(() -> client.acknowledge(id)).isInstanceOf(IOException.class);

    assertThat(simulator.state().events().getFirst().isStarted()).isTrue();
  }

  @Test
  void forgetsFaultsThatAreCleared() throws IOException {
    simulator.setFault(PlannedFault.nextPolls(9, new Fault.EmptyBody()).on(Target.ALL));
    simulator.clearFaults();

    assertThat(client.poll().body()).isNotEmpty();
  }

  private static void until(BooleanSupplier met) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(5))
        .until(met::getAsBoolean);
  }
}
