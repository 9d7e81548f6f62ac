package io.drainwatch.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureCall;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.Deed;
import io.drainwatch.watcher.azure.Feature;
import io.drainwatch.watcher.azure.GraphEvent;
import io.drainwatch.watcher.azure.Operation;
import io.drainwatch.watcher.azure.Operation.Standing;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes something, over its long way to the end. */
@Timeout(60)
class OperationTest {
  private final Arm arm = Arm.start();
  private final AzureResources azure = arm.client();

  @AfterEach
  void close() {
    azure.close();
    assertThat(arm.calls()).as("only calls that are listed").isNotNull();
    arm.close();
  }

  private void follow(ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
    arm.server.stubFor(
        get(urlPathEqualTo(Arm.operation("op")))
            .inScenario("op")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(first)
            .willSetStateTo("then"));
    arm.server.stubFor(
        get(urlPathEqualTo(Arm.operation("op")))
            .inScenario("op")
            .whenScenarioStateIs("then")
            .willReturn(then));
  }

  private static ResponseDefinitionBuilder standing(String status) {
    return Arm.ok(
        "{\"name\":\"op\",\"startTime\":\"2026-11-21T10:00:00+00:00\",\"status\":\"%s\"}"
            .formatted(status));
  }

  private Standing end(Operation operation) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> operation.look().found().orElseThrow(), standing -> standing == Standing.DONE);
  }

  @ParameterizedTest
  @CsvSource({"RESTART,/restart", "REDEPLOY,/redeploy", "PERFORM_MAINTENANCE,/performMaintenance"})
  void followsADeedOnAVmAndOnAnInstanceToItsEnd(Deed deed, String path) {
    for (ResourceId id : List.of(Arm.VM, Arm.INSTANCE)) {
      arm.server.resetAll();
      arm.answer(Arm.post(id, path), arm.taken("op"));
      follow(standing("InProgress"), standing("Succeeded"));
      arm.answer(
          get(urlPathEqualTo(Arm.operation("op")))
              .withQueryParam(
                  "monitor", com.github.tomakehurst.wiremock.client.WireMock.equalTo("true")),
          aResponse().withStatus(200));

      Operation operation = azure.begin(deed, id).found().orElseThrow();

      assertThat(end(operation)).isEqualTo(Standing.DONE);
      assertThat(arm.calls().getFirst()).isEqualTo(deed.callOn(id));
      assertThat(arm.calls().subList(1, arm.calls().size()))
          .containsOnly(AzureCall.FOLLOW_OPERATION);
    }
  }

  @Test
  void simulatesAnEviction() {
    for (ResourceId id : List.of(Arm.VM, Arm.INSTANCE)) {
      arm.answer(Arm.post(id, "/simulateEviction"), aResponse().withStatus(204));

      Operation operation = azure.begin(Deed.SIMULATE_EVICTION, id).found().orElseThrow();

      assertThat(operation.look().found()).contains(Standing.DONE);
    }
    assertThat(arm.calls()).containsExactly(AzureCall.EVICT_VM, AzureCall.EVICT_INSTANCE);
  }

  @Test
  void tellsWhyAnOperationFailed() {
    arm.answer(Arm.post(Arm.VM, "/redeploy"), arm.taken("op"));
    ResponseDefinitionBuilder failed =
        Arm.ok(
            "{\"status\":\"Failed\",\"error\":{\"code\":\"AllocationFailed\",\"message\":\"No room"
                + " for it.\"}}");
    follow(failed, failed);

    Operation operation = azure.begin(Deed.REDEPLOY, Arm.VM).found().orElseThrow();
    Trouble trouble =
        await().until(() -> operation.look().problem().orElse(null), java.util.Objects::nonNull);

    assertThat(trouble.sentence()).startsWith("Redeploying VM vm-1").contains("No room for it.");
    assertThat(operation.look().problem()).as("and it stays so").contains(trouble);
  }

  @Test
  void asksAgainOnceTheClockWasSetBack() {
    arm.answer(Arm.post(Arm.VM, "/restart"), arm.taken("op"));
    arm.answer(
        get(urlPathEqualTo(Arm.operation("op"))),
        standing("InProgress").withHeader("Retry-After", "3600"));
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    try (AzureResources own = arm.client(now::get)) {
      Operation operation = own.begin(Deed.RESTART, Arm.VM).found().orElseThrow();
      operation.look();
      operation.look();
      int asked = arm.requests().size();
      now.set(now.get().minus(Duration.ofHours(5)));
      operation.look();
      assertThat(arm.requests()).hasSize(asked + 1);
    }
  }

  @Test
  void asksForAnOperationWhenAzureSaysHoweverOftenOneLooks() {
    arm.answer(Arm.post(Arm.VM, "/restart"), arm.taken("op"));
    arm.answer(
        get(urlPathEqualTo(Arm.operation("op"))),
        standing("InProgress").withHeader("Retry-After", "3600"));

    Operation operation = azure.begin(Deed.RESTART, Arm.VM).found().orElseThrow();
    for (int look = 0; look < 50; look++) {
      assertThat(operation.look().found()).contains(Standing.UNDERWAY);
    }

    assertThat(arm.requests()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void aLookThatFailsDoesNotEndTheOperation() {
    arm.answer(Arm.post(Arm.VM, "/restart"), arm.taken("op"));
    follow(Arm.refusal(404, "NotFound", "Not yet."), standing("Succeeded"));

    Operation operation = azure.begin(Deed.RESTART, Arm.VM).found().orElseThrow();

    assertThat(operation.look().problem()).map(Trouble::kind).contains(Trouble.Kind.NOT_FOUND);
  }

  @Test
  void switchesTerminateNotificationOnAndLeavesTheOtherNoticeAsItIs() {
    arm.answer(Arm.get(Arm.SET), Arm.ok(Shapes.GOOD_SET));
    arm.answer(patch(urlPathEqualTo(Arm.SET.path())), Arm.ok(Shapes.GOOD_SET));

    Operation operation =
        azure.setTerminateNotification(Arm.SET, Duration.ofMinutes(10)).found().orElseThrow();

    assertThat(end(operation)).isEqualTo(Standing.DONE);
    arm.server.verify(
        patchRequestedFor(urlPathEqualTo(Arm.SET.path()))
            .withRequestBody(
                equalToJson(
                    """
                    {"properties":{"virtualMachineProfile":{"scheduledEventsProfile":{
                     "terminateNotificationProfile":{"enable":true,"notBeforeTimeout":"PT10M"},
                     "osImageNotificationProfile":{"enable":true,"notBeforeTimeout":"PT15M"}}}}}
                    """)));
    assertThat(Feature.FIX.calls()).containsAll(arm.calls());
  }

  @Test
  void refusesToChangeWhatSomebodyElseChanges() {
    arm.answer(Arm.get(Arm.SET), Arm.ok(Shapes.GOOD_SET));
    arm.answer(
        patch(urlPathEqualTo(Arm.SET.path())), Arm.refusal(409, "OperationNotAllowed", "Busy."));

    assertThat(
            azure
                .setTerminateNotification(Arm.SET, Duration.ofMinutes(10))
                .problem()
                .orElseThrow()
                .sentence())
        .startsWith("Changing scale set pool")
        .contains("Busy", "nothing was changed");
  }

  @Test
  void protectsAnInstanceAndLeavesItsOtherProtectionAsItIs() {
    arm.answer(Arm.get(Arm.INSTANCE), Arm.ok(Shapes.instance("3", "running")));
    arm.answer(put(urlPathEqualTo(Arm.INSTANCE.path())), Arm.ok(Shapes.instance("3", "running")));

    assertThat(azure.protectFromScaleIn(Arm.INSTANCE, true, () -> true))
        .isInstanceOf(AzureAnswer.Told.class);

    arm.server.verify(
        putRequestedFor(urlPathEqualTo(Arm.INSTANCE.path()))
            .withRequestBody(
                matchingJsonPath("$.properties.protectionPolicy[?(@.protectFromScaleIn == true)]"))
            .withRequestBody(
                matchingJsonPath(
                    "$.properties.protectionPolicy[?(@.protectFromScaleSetActions == true)]"))
            .withRequestBody(matchingJsonPath("$.location", equalTo("westeurope")))
            .withRequestBody(matchingJsonPath("$.properties.storageProfile", absent()))
            .withRequestBody(matchingJsonPath("$.properties.networkProfile", absent()))
            .withRequestBody(matchingJsonPath("$.properties.osProfile", absent()))
            .withHeader("If-Match", equalTo("\"7\"")));
    assertThat(Feature.PROTECTION.calls()).containsAll(arm.calls());
  }

  @Test
  void acknowledgesForAScaleSetAndForAVm() {
    String event = "602D9444-D2CD-49C7-8624-8643E7171297";
    for (ResourceId id : List.of(Arm.VM, Arm.SET)) {
      arm.answer(
          post(
              urlPathEqualTo(
                  id.path()
                      + "/providers/Microsoft.Maintenance/scheduledevents/"
                      + event
                      + "/acknowledge")),
          Arm.ok("{\"value\":\"Successfully Approved\"}"));
    }

    assertThat(azure.acknowledge(Arm.VM, event).found()).contains("Successfully Approved");
    assertThat(azure.acknowledge(Arm.INSTANCE, event).found()).contains("Successfully Approved");
    assertThat(arm.calls()).containsOnly(AzureCall.ACKNOWLEDGE);
    assertThat(arm.requests()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"404,NOT_FOUND", "403,FORBIDDEN", "500,SERVER", "409,CONFLICT", "401,NO_LOGIN"})
  void tellsWhyAnAcknowledgementWasNotTaken(int status, Trouble.Kind kind) {
    arm.answer(
        post(
            urlPathEqualTo(
                Arm.VM.path() + "/providers/Microsoft.Maintenance/scheduledevents/a/acknowledge")),
        Arm.refusal(status, "Why", "Because."));

    Trouble trouble = azure.acknowledge(Arm.VM, "a").problem().orElseThrow();

    assertThat(trouble.kind()).isEqualTo(kind);
    assertThat(trouble.sentence()).contains("HTTP " + status + " Why: Because.");
    assertThat(arm.requests()).as("what was sent once is not sent again").hasSize(1);
  }

  @Test
  void acknowledgesNothingThatIsNoEventId() {
    assertThat(azure.acknowledge(Arm.VM, "a/../../x").problem()).isPresent();
    assertThat(arm.requests()).isEmpty();
  }

  @Test
  void readsEventsFromResourceGraphOverPages() {
    String path = "/providers/Microsoft.ResourceGraph/resources";
    arm.answer(
        post(urlPathEqualTo(path)),
        Arm.ok(
            """
            {"totalRecords":2,"count":1,"resultTruncated":"true","$skipToken":"more","data":[
             {"id":"/subscriptions/s/resourcegroups/rg/providers/microsoft.compute/virtualmachinescalesets/pool/providers/microsoft.maintenance/scheduledevents/abc",
              "name":"abc","properties":{"EventId":"abc","EventType":"Reboot","EventStatus":"Scheduled",
              "Resources":["pool_3"],"NotBefore":"2026-11-21T18:00:00Z"}}]}
            """));
    arm.answer(
        post(urlPathEqualTo(path))
            .withRequestBody(matchingJsonPath("$.options[?(@.$skipToken == 'more')]")),
        Arm.ok(
            "{\"totalRecords\":2,\"count\":1,\"resultTruncated\":\"false\",\"data\":[{\"name\":\"x\"}]}"));

    assertThat(azure.events(Arm.SUBSCRIPTION).found().orElseThrow())
        .containsExactly(
            new GraphEvent(
                "/subscriptions/s/resourcegroups/rg/providers/microsoft.compute/virtualmachinescalesets/pool",
                "abc",
                "Reboot",
                "Scheduled",
                List.of("pool_3"),
                "2026-11-21T18:00:00Z"),
            new GraphEvent("", "x", "", "", List.of(), ""));
  }
}
