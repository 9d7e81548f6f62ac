package io.drainwatch.watcher.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.SimulatedChange;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import io.drainwatch.watcher.simulator.scenario.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulator from Java, with the time turned by hand. */
class SimulatorTest {

  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");

  private final TurnedTime time = new TurnedTime(START);
  private final List<SimulatedChange> changes = new CopyOnWriteArrayList<>();
  private Simulator simulator;

  @BeforeEach
  void start() throws IOException {
    simulator =
        Simulator.start(
            SimulatorSettings.forVms(SimulatedVm.named("vm1"), SimulatedVm.named("vm2")),
            time,
            time,
            Simulator::newId);
    simulator.onChange(changes::add);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void tellsListenersWithoutAnyRequest() {
    simulator.schedule(EventPlan.ofType("Reboot").build());

    time.turn(Duration.ofMinutes(30));

    assertThat(words())
        .containsExactly("EventScheduled", "EventStarted", "VmGone", "VmBack", "EventGone");
    assertThat(changes.getLast().at()).isEqualTo(START.plus(Duration.ofMinutes(25)));
    assertThat(simulator.requests()).isEmpty();
  }

  @Test
  void namesTheVmThatAcknowledged() throws IOException {
    String id = simulator.schedule(EventPlan.ofType("Reboot").on("vm1", "vm2").build());

    try (Client client = new Client(simulator.baseUrl("vm2"))) {
      client.acknowledge(id);
    }

    assertThat(changes)
        .filteredOn(change -> change instanceof SimulatedChange.EventAcknowledged)
        .singleElement()
        .extracting(change -> ((SimulatedChange.EventAcknowledged) change).by())
        .isEqualTo("vm2");
  }

  @Test
  void letsAListenerCallBack() {
    simulator.onChange(
        change -> {
          if (change instanceof SimulatedChange.EventScheduled(var at, var event)) {
            simulator.acknowledge(event.id(), "the listener");
          }
        });

    simulator.schedule(EventPlan.ofType("Freeze").build());

    assertThat(words()).containsExactly("EventScheduled", "EventAcknowledged", "EventStarted");
  }

  @Test
  void tellsOneChangeAfterTheOther() {
    AtomicInteger inside = new AtomicInteger();
    List<Integer> together = new CopyOnWriteArrayList<>();
    simulator.onChange(
        change -> {
          together.add(inside.incrementAndGet());
          if (together.size() == 1) {
            // another thread changes something, and is through, while this one is still being told
            inAnotherThread(() -> simulator.schedule(EventPlan.ofType("Reboot").build()));
          }
          inside.decrementAndGet();
        });

    simulator.schedule(EventPlan.ofType("Freeze").build());

    assertThat(together).containsExactly(1, 1);
    assertThat(words()).containsExactly("EventScheduled", "EventScheduled");
  }

  @Test
  void losesNoChangeOfManyThreads() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> simulator.schedule(EventPlan.ofType("Freeze").on().build())));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(words()).hasSize(50);
    assertThat(simulator.state().incarnation()).isEqualTo(51);
  }

  @Test
  void goesOnWhenAListenerFails() {
    List<String> later = new ArrayList<>();
    simulator.onChange(
        change -> {
          throw new IllegalStateException("listener");
        });
    simulator.onChange(change -> later.add(change.sentence()));

    simulator.schedule(EventPlan.ofType("Freeze").build());

    assertThat(later).hasSize(1);
  }

  @Test
  void noticesAClockThatWasSet() {
    simulator.schedule(EventPlan.ofType("Reboot").build());

    time.set(START.plus(Duration.ofMinutes(20)));
    time.turn(Duration.ofSeconds(1));

    assertThat(words()).contains("EventStarted");
  }

  @Test
  void stepsItsOwnClock() {
    simulator.schedule(EventPlan.ofType("Reboot").build());

    simulator.stepClock(Duration.ofMinutes(15));

    assertThat(simulator.state().now()).isEqualTo(START.plus(Duration.ofMinutes(15)));
    assertThat(words()).contains("EventStarted");
    assertThatThrownBy(() -> simulator.stepClock(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void playsAScenarioInTime() {
    simulator.play(
        Scenario.read(
            "test",
            """
            steps:
              - event: {name: one, type: Reboot, notice: 60s}
              - {after: 10s, acknowledge: {event: one, by: vm2}}
              - {after: 20s, cancel: one}
              - {after: 30s, event: {type: Preempt, resources: [vm2], notice: 30s, started-for: 10s}}
            """));

    time.turn(Duration.ofMinutes(30));

    assertThat(words())
        .containsExactly(
            "EventScheduled",
            "EventAcknowledged",
            "EventStarted",
            "VmGone",
            "OrderRefused",
            "EventScheduled",
            "EventStarted",
            "VmGone",
            "VmBack",
            "EventGone",
            "EventGone");
    assertThat(simulator.state().isOver()).isTrue();
    assertThat(time.waiting()).isZero();
  }

  @Test
  void refusesAScenarioAboutOtherVms() {
    Scenario scenario =
        Scenario.read("test", "vms: [{name: web_0}]\nsteps: [{event: {type: Freeze}}]");

    assertThatThrownBy(() -> simulator.play(scenario)).hasMessageContaining("web_0");
  }

  @Test
  void saysWhyAnOrderIsNotPossible() {
    assertThatThrownBy(() -> simulator.cancel("NOBODY"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NOBODY");
  }

  @Test
  void recordsWhatItWasAsked() throws IOException {
    try (Client client = new Client(simulator.baseUrl("vm2"))) {
      client.poll();
      client.acknowledge("SOME-ID");
    }

    assertThat(simulator.requests())
        .extracting(
            RecordedRequest::vm,
            RecordedRequest::method,
            RecordedRequest::path,
            RecordedRequest::status,
            RecordedRequest::acknowledgedIds)
        .containsExactly(
            tuple("vm2", "GET", Client.EVENTS, 200, List.of()),
            tuple("vm2", "POST", Client.EVENTS, 400, List.of("SOME-ID")));
  }

  @Test
  void describesItselfInOneLine() {
    assertThat(simulator.describe())
        .contains("vm1 at " + simulator.baseUrl() + "/metadata")
        .contains(simulator.baseUrl() + "/simulator")
        .doesNotContain("\n");
  }

  @Test
  void stopsWithoutWaitingAndIsGone() throws IOException {
    simulator.schedule(EventPlan.ofType("Reboot").build());
    simulator.close();

    assertThat(time.waiting()).isZero();
    try (Client client = new Client(simulator.baseUrl())) {
      assertThatThrownBy(client::poll).isInstanceOf(IOException.class);
    }
  }

  @Test
  void runsOnTheSystemsClockToo() throws IOException {
    try (Simulator real = Simulator.start(SimulatorSettings.forVm("vm1"))) {
      real.onChange(changes::add);
      real.schedule(
          EventPlan.ofType("Freeze")
              .notice(Duration.ofMillis(20))
              .startedFor(Duration.ofMillis(20))
              .build());
      Awaitility.await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofSeconds(5))
          .until(() -> changes.size() == 3);
    }
    assertThat(words()).containsExactly("EventScheduled", "EventStarted", "EventGone");
  }

  private static void inAnotherThread(Runnable task) {
    try {
      Thread.ofVirtual().start(task).join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> words() {
    return changes.stream().map(change -> change.getClass().getSimpleName()).toList();
  }
}
