package io.drainwatch.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.maintenance.MachineFate;
import io.drainwatch.watcher.azure.AzureCall;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.Feature;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.Trouble;
import io.drainwatch.watcher.azure.VmQuestions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the drainer asks, over real sockets: after a VM, and for an instance's protection. */
@Timeout(60)
class DrainersQuestionsTest {
  private static final Desk AT_ONCE =
      new Desk() {
        @Override
        public void run(Runnable work) {
          work.run();
        }

        @Override
        public void at(Instant moment, Runnable work) {}
      };

  private final Arm arm = Arm.start();

  @AfterEach
  void close() {
    arm.close();
  }

  private MachineFate fate(ResourceId id) {
    return fate(id, arm.client());
  }

  private static AzureResources impatient(Arm arm) {
    return arm.client(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  private static MachineFate fate(ResourceId id, AzureResources client) {
    List<MachineFate> told = new ArrayList<>();
    try (AzureResources azure = client) {
      new VmQuestions(azure, 9, AT_ONCE, InstantSource.system(), fate -> {})
          .ask("azure://" + id.path(), told::add);
    }
    assertThat(told).as("answered once").hasSize(1);
    return told.getFirst();
  }

  private void answers(ResponseDefinitionBuilder answer) {
    for (ResourceId id : List.of(Arm.VM, Arm.INSTANCE)) {
      arm.answer(Arm.get(id), answer);
    }
  }

  private void bothAre(MachineFate expected) {
    assertThat(fate(Arm.VM)).isEqualTo(expected);
    assertThat(fate(Arm.INSTANCE)).isEqualTo(expected);
    assertThat(Feature.STATES.calls()).containsAll(arm.calls());
  }

  @ParameterizedTest
  @CsvSource({
    "running, RUNNING",
    "deallocated, DEALLOCATED",
    "deallocating, UNKNOWN",
    "stopped, STOPPED",
    "hibernated, UNKNOWN"
  })
  void tellsThePowerState(String power, MachineFate expected) {
    arm.answer(Arm.get(Arm.INSTANCE), Arm.ok(Shapes.instance("3", power)));
    arm.answer(Arm.get(Arm.VM), Arm.ok(Shapes.SPOT_VM.replace("/running", "/" + power)));
    bothAre(expected);
  }

  @Test
  void tellsWhatHasFailed() {
    answers(Arm.ok(Shapes.instance("3", "stopped").replace("Succeeded", "Failed")));
    bothAre(MachineFate.FAILED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ResourceNotFound", "NotFound", "ResourceGroupNotFound", "ParentResourceNotFound"})
  void whatIsNotThereIsDeleted(String code) {
    answers(Arm.refusal(404, code, "It is not there."));
    bothAre(MachineFate.DELETED);
  }

  @ParameterizedTest
  @CsvSource({
    "401, InvalidAuthenticationToken",
    "403, AuthorizationFailed",
    "404, SubscriptionNotFound",
    "404, InvalidResourceType",
    "409, Conflict",
    "410, Gone",
    "429, TooManyRequests",
    "500, InternalServerError",
    "503, ServiceUnavailable"
  })
  void noOtherRefusalIsReadAsAnEnd(int status, String code) {
    answers(Arm.refusal(status, code, "Because.").withHeader("Retry-After", "3600"));
    bothAre(MachineFate.UNKNOWN);
  }

  @Test
  void a404WithoutAWordIsNoDeletion() {
    answers(aResponse().withStatus(404).withBody("<html>not here</html>"));
    bothAre(MachineFate.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER"})
  void aBrokenConnectionIsNoAnswer(Fault fault) {
    answers(aResponse().withFault(fault));
    assertThat(fate(Arm.VM)).isEqualTo(MachineFate.UNKNOWN);
  }

  @Test
  void anAnswerThatDoesNotComeIsNone() {
    answers(Arm.ok(Shapes.BARE_VM).withFixedDelay(30_000));
    assertThat(fate(Arm.VM, impatient(arm))).isEqualTo(MachineFate.UNKNOWN);
  }

  private Trouble protection(boolean on) {
    return protection(on, arm.client());
  }

  private static Trouble protection(boolean on, AzureResources client) {
    try (AzureResources azure = client) {
      return azure.protectFromScaleIn(Arm.INSTANCE, on, () -> true).problem().orElseThrow();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, NO_LOGIN",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "409, CONFLICT",
    "500, SERVER",
    "503, SERVER"
  })
  void tellsWhyAProtectionWasNotChangedAndSendsItOnce(int status, Trouble.Kind kind) {
    arm.answer(Arm.get(Arm.INSTANCE), Arm.ok(Shapes.instance("3", "running")));
    arm.answer(put(urlPathEqualTo(Arm.INSTANCE.path())), Arm.refusal(status, "Why", "Because."));

    assertThat(protection(true).kind()).isEqualTo(kind);

    assertThat(arm.calls()).containsExactly(AzureCall.READ_INSTANCE, AzureCall.UPDATE_INSTANCE);
  }

  @Test
  void changesNothingOfAnInstanceThatCannotBeRead() {
    arm.answer(Arm.get(Arm.INSTANCE), Arm.refusal(403, "AuthorizationFailed", "No."));
    assertThat(protection(false).kind()).isEqualTo(Trouble.Kind.FORBIDDEN);
    assertThat(arm.calls()).containsExactly(AzureCall.READ_INSTANCE);
  }

  @Test
  void waitsAsLongAsA429AsksBeforeItChangesAProtection() {
    arm.answer(Arm.get(Arm.INSTANCE), Arm.ok(Shapes.instance("3", "running")));
    arm.server.stubFor(
        put(urlPathEqualTo(Arm.INSTANCE.path()))
            .inScenario("busy")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(Arm.refusal(429, "Busy", "Later.").withHeader("Retry-After", "1"))
            .willSetStateTo("then"));
    arm.server.stubFor(
        put(urlPathEqualTo(Arm.INSTANCE.path()))
            .inScenario("busy")
            .whenScenarioStateIs("then")
            .willReturn(Arm.ok(Shapes.instance("3", "running"))));
    try (AzureResources azure = arm.client()) {
      assertThat(azure.protectFromScaleIn(Arm.INSTANCE, true, () -> true).found()).isPresent();
    }
    assertThat(arm.calls())
        .containsExactly(
            AzureCall.READ_INSTANCE, AzureCall.UPDATE_INSTANCE, AzureCall.UPDATE_INSTANCE);
  }

  @Test
  void sendsNoProtectionOnceItIsNoLongerWanted() {
    arm.answer(Arm.get(Arm.INSTANCE), Arm.ok(Shapes.instance("3", "running")));
    try (AzureResources azure = arm.client()) {
      Trouble trouble =
          azure.protectFromScaleIn(Arm.INSTANCE, true, () -> false).problem().orElseThrow();
      assertThat(trouble.sentence()).contains("it is no longer wanted");
    }
    assertThat(arm.calls()).as("not after the reading").containsExactly(AzureCall.READ_INSTANCE);
  }

  @Test
  void repeatsNoProtectionOnceItIsNoLongerWanted() {
    arm.answer(Arm.get(Arm.INSTANCE), Arm.ok(Shapes.instance("3", "running")));
    arm.answer(
        put(urlPathEqualTo(Arm.INSTANCE.path())),
        Arm.refusal(429, "Busy", "Later.").withHeader("Retry-After", "1"));
    AtomicInteger asked = new AtomicInteger();
    try (AzureResources azure = arm.client()) {
      assertThat(
              azure
                  .protectFromScaleIn(Arm.INSTANCE, true, () -> asked.incrementAndGet() == 1)
                  .found())
          .isEmpty();
    }
    assertThat(arm.calls()).containsExactly(AzureCall.READ_INSTANCE, AzureCall.UPDATE_INSTANCE);
  }

  @Test
  void doesNotWaitForAProtectionThatIsNotAnswered() {
    arm.answer(Arm.get(Arm.INSTANCE), Arm.ok(Shapes.instance("3", "running")));
    arm.answer(
        put(urlPathEqualTo(Arm.INSTANCE.path())),
        Arm.ok(Shapes.instance("3", "running")).withFixedDelay(30_000));
    assertThat(protection(true, impatient(arm)).kind()).isEqualTo(Trouble.Kind.TIMED_OUT);
  }
}
