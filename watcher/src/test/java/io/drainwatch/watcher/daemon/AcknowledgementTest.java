package io.drainwatch.watcher.daemon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.SharedAcknowledgement;
import io.drainwatch.watcher.simulator.platform.Fault.SlowAnswer;
import io.drainwatch.watcher.simulator.platform.Fault.Status;
import io.drainwatch.watcher.simulator.platform.PlannedFault;
import io.drainwatch.watcher.simulator.platform.SimulatedChange;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the platform is told, and when (lifecycle.md, "Acknowledgement"). */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class AcknowledgementTest {
  @TempDir private Path directory;

  @Test
  void drainedIsInTheJournalBeforeTheRequestLeaves() throws Exception {
    try (TestVm vm = TestVm.in(directory)) {
      CompletableFuture<String> record = new CompletableFuture<>();
      vm.simulator()
          .onChange(
              change -> {
                if (change instanceof SimulatedChange.EventAcknowledged) {
                  record.complete(vm.journal().getLast());
                }
              });
      vm.hook(Hook.DRAIN, "10-a", "echo a").start();

      vm.endOnceStarted(vm.publish("Reboot"));

      assertThat(record.get(1, TimeUnit.SECONDS))
          .contains("\"state\":\"DRAINED\"", "\"drained\":true", "\"inFlight\":true");
    }
  }

  @Test
  void anAcceptedAcknowledgementIsSentOnce() {
    try (TestVm vm = TestVm.in(directory)) {
      vm.start();

      String id = vm.publish(TestVm.event("Reboot").approvalDelay(Duration.ofMinutes(5)));
      vm.seen().await("ack " + id + " #1: accepted");
      vm.seen().awaitPolls(5);
      vm.clock().pass(Duration.ofMinutes(2));
      vm.seen().awaitPolls(5);
      vm.restart();
      vm.seen().awaitPolls(5);

      assertThat(vm.posts()).containsExactly(id);
    }
  }

  @ParameterizedTest(name = "an answer of {0} is followed by tries after 1, 2 and 4 s")
  @ValueSource(ints = {400, 500, 503})
  void triesAgainAfterARefusal(int status) {
    try (TestVm vm = TestVm.in(directory)) {
      vm.simulator()
          .setFault(
              PlannedFault.nextAcknowledgements(3, new Status(status, Optional.of(Duration.ZERO))));
      vm.start();

      String id = vm.publish(TestVm.event("Reboot").approvalDelay(Duration.ofMinutes(5)));
      for (int attempt = 1; attempt <= 3; attempt++) {
        vm.seen().await("notify ACKNOWLEDGE_FAILED", attempt);
        vm.seen().awaitPolls(2);
        assertThat(vm.posts()).as("before its time").hasSize(attempt);
        vm.clock().pass(Duration.ofSeconds(1L << (attempt - 1)));
      }
      vm.seen().await("ack " + id + " #4: accepted");

      assertThat(vm.posts()).containsOnly(id).hasSize(4);
    }
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsFollowedByTheSameId() {
    try (TestVm vm = TestVm.in(directory)) {
      vm.simulator()
          .setFault(PlannedFault.nextAcknowledgements(1, new SlowAnswer(Duration.ofMillis(600))));
      vm.patience(Duration.ofMillis(300)).start();

      String id = vm.publish(TestVm.event("Reboot").approvalDelay(Duration.ofMinutes(5)));
      vm.seen().await("ack " + id + " #1: unclear");
      vm.seen().await("ack " + id + " #2: accepted");

      assertThat(vm.posts()).containsExactly(id, id);
    }
  }

  @Test
  void aConnectionThatBreaksAfterTheRequestIsFollowedByTheSameId() {
    try (PlayedDocuments documents = new PlayedDocuments();
        TestVm vm = TestVm.at(documents.base(), directory)) {
      documents.answerPosts(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
      documents.show(PlayedDocuments.scheduled("Reboot", "E1"));
      vm.start();
      vm.seen().await("ack E1 #1: unclear");

      documents.answerPosts(aResponse().withStatus(200));
      vm.seen().await("ack E1 #2: accepted");

      assertThat(documents.posts())
          .extracting(LoggedRequest::getBodyAsString)
          .containsOnly("{\"StartRequests\":[{\"EventId\":\"E1\"}]}")
          .hasSize(2);
    }
  }

  @Test
  void nothingIsSentOnceTheEventHasStarted() {
    try (TestVm vm = TestVm.in(directory)) {
      vm.simulator()
          .setFault(PlannedFault.nextAcknowledgements(9, new Status(500, Optional.empty())));
      vm.start();

      String id = vm.publish("Reboot");
      vm.seen().await("notify ACKNOWLEDGE_FAILED");
      vm.simulator().startNow(id);
      vm.seen().await("state MaintenanceStarted");
      vm.clock().pass(Duration.ofMinutes(1));
      vm.seen().awaitPolls(3);

      assertThat(vm.posts()).containsExactly(id);
    }
  }

  @Test
  void anotherVmsEventIsNoneOfOurs() {
    try (TestVm vm =
        TestVm.in(directory, SimulatedVm.named(TestVm.NAME), SimulatedVm.named("vm-2"))) {
      vm.hook(Hook.SCHEDULED, "10-a", "echo a").start();

      vm.publish(TestVm.event("Reboot").on("vm-2"));
      vm.seen().awaitPolls(5);

      assertThat(vm.seen().lines()).isEmpty();
      assertThat(vm.posts()).isEmpty();
    }
  }

  @ParameterizedTest(name = "shared: {0}, first of both: {1}: acknowledged {2}")
  @CsvSource({
    "NEVER, vm-1, false",
    "NEVER, vm-2, false",
    "FIRST_RESOURCE, vm-1, true",
    "FIRST_RESOURCE, vm-2, false"
  })
  void aSharedEventIsAcknowledgedByTheFirstAtMost(
      SharedAcknowledgement shared, String first, boolean acknowledged) {
    try (TestVm vm =
        TestVm.in(directory, SimulatedVm.named(TestVm.NAME), SimulatedVm.named("vm-2"))) {
      vm.lifecycle(settings -> settings.withShared(shared)).start();

      String second = first.equals("vm-1") ? "vm-2" : "vm-1";
      String id =
          vm.publish(TestVm.event("Reboot").on(first, second).approvalDelay(Duration.ofMinutes(5)));
      vm.seen().await("state Drained");
      vm.seen().awaitPolls(5);
      if (acknowledged) {
        vm.seen().await("ack " + id + " #1: accepted");
      }

      assertThat(vm.posts()).isEqualTo(acknowledged ? List.of(id) : List.of());
    }
  }

  @Test
  void aShortFreezeIsAcknowledgedAtOnce() {
    try (TestVm vm = TestVm.in(directory)) {
      vm.start();

      String id = vm.publish(TestVm.event("Freeze").duration(Optional.of(Duration.ofSeconds(9))));
      vm.endOnceStarted(id);

      assertThat(vm.posts()).containsExactly(id);
      assertThat(vm.seen().lines("state Cordoned")).isEmpty();
    }
  }
}
