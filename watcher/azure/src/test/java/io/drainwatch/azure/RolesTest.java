package io.drainwatch.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureCall;
import io.drainwatch.watcher.azure.AzureExamination;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.Deed;
import io.drainwatch.watcher.azure.Feature;
import io.drainwatch.watcher.azure.Operation;
import io.drainwatch.watcher.azure.ResourceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The roles in config/azure allow what goes over the wire, and nothing else does. */
@Timeout(120)
class RolesTest {
  private static final Path ROLES = Path.of("../../config/azure");

  @ParameterizedTest
  @EnumSource(Feature.class)
  void aRoleAllowsExactlyTheActionsOfItsFeature(Feature feature) throws Exception {
    JsonNode role =
        new ObjectMapper().readTree(Path.of("../..").resolve(feature.roleFile()).toFile());

    Set<String> actions = new TreeSet<>();
    role.path("Actions").forEach(action -> actions.add(action.asText()));
    assertThat(actions).isEqualTo(feature.actions());
    assertThat(role.path("DataActions")).isEmpty();
    assertThat(role.path("Name").asText()).isEqualTo("Drainwatch " + feature.word());
  }

  @Test
  void theBicepFileHasTheSameRoles() throws Exception {
    String bicep = Files.readString(ROLES.resolve("roles.bicep"));
    Matcher features = Pattern.compile("(?m)^  (\\w+): \\[\n((?:    '.*'\n)+)  ]$").matcher(bicep);

    List<MatchResult> found = features.results().toList();
    assertThat(found)
        .extracting(each -> each.group(1))
        .containsExactlyElementsOf(Arrays.stream(Feature.values()).map(Feature::word).toList());
    assertThat(found)
        .allSatisfy(
            each ->
                assertThat(each.group(2).lines().map(line -> line.strip().replace("'", "")))
                    .containsExactlyElementsOf(
                        Feature.valueOf(each.group(1).toUpperCase(java.util.Locale.ROOT))
                            .actions()));
  }

  @Test
  void thereIsNoRoleForNothingAndEveryCallHasOne() throws Exception {
    try (var files = Files.list(ROLES)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".json")))
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(Feature.values())
                  .map(feature -> "drainwatch-" + feature.word() + ".json")
                  .toList());
    }
    Set<AzureCall> used = EnumSet.noneOf(AzureCall.class);
    Arrays.stream(Feature.values()).forEach(feature -> used.addAll(feature.calls()));
    assertThat(used).containsExactlyInAnyOrder(AzureCall.values());
  }

  @ParameterizedTest
  @EnumSource(Feature.class)
  void aFeatureCallsExactlyWhatItsRoleIsFor(Feature feature) {
    try (Arm arm = Arm.start()) {
      everything(arm);
      try (AzureResources azure = arm.client()) {
        use(feature, azure);
      }
      assertThat(arm.calls()).isNotEmpty();
      assertThat(EnumSet.copyOf(arm.calls())).containsExactlyInAnyOrderElementsOf(feature.calls());
    }
  }

  private static void use(Feature feature, AzureResources azure) {
    switch (feature) {
      case DOCTOR -> {
        AzureExamination doctor = new AzureExamination(azure, true, Optional.empty());
        assertThat(doctor.ofGroup(Arm.SUBSCRIPTION, "rg-1")).hasSize(2);
        assertThat(doctor.of(Arm.INSTANCE)).hasSize(2);
      }
      case FIX -> end(azure.setTerminateNotification(Arm.SET, Duration.ofMinutes(15)));
      case REHEARSE -> {
        for (ResourceId id : List.of(Arm.VM, Arm.INSTANCE)) {
          told(azure.vm(id));
          for (Deed deed : List.of(Deed.RESTART, Deed.REDEPLOY, Deed.SIMULATE_EVICTION)) {
            end(azure.begin(deed, id));
          }
        }
      }
      case MAINTENANCE -> {
        AzureExamination lister = new AzureExamination(azure, false, Optional.empty());
        lister.ofGroup(Arm.SUBSCRIPTION, "rg-1");
        for (ResourceId id : List.of(Arm.VM, Arm.INSTANCE)) {
          told(azure.vm(id));
          end(azure.begin(Deed.PERFORM_MAINTENANCE, id));
        }
      }
      case FACTS -> {
        told(azure.vm(Arm.VM));
        told(azure.vm(Arm.INSTANCE));
        told(azure.scaleSet(Arm.SET));
        told(azure.members(Arm.SET));
      }
      case MEMBERS -> told(azure.members(Arm.SET));
      case PEERS -> {
        told(azure.vm(Arm.VM));
        told(azure.instances(Arm.SET));
        told(azure.instances(Arm.FLEXIBLE));
      }
      case STATES -> {
        told(azure.vm(Arm.VM));
        told(azure.vm(Arm.INSTANCE));
      }
      case PROTECTION -> end(azure.protectFromScaleIn(Arm.INSTANCE, true));
      case ACKNOWLEDGING -> told(azure.acknowledge(Arm.SET, "abc"));
      case EVENTS -> {
        told(azure.events(Arm.SUBSCRIPTION));
        told(azure.sight(List.of(Arm.SUBSCRIPTION)));
      }
    }
  }

  private static <T> T told(AzureAnswer<T> answer) {
    return answer.found().orElseThrow(() -> new AssertionError(answer));
  }

  private static void end(AzureAnswer<Operation> begun) {
    Operation operation = told(begun);
    await().until(() -> told(operation.look()), standing -> standing == Operation.Standing.DONE);
  }

  private static void everything(Arm arm) {
    String group =
        "/subscriptions/" + Arm.SUBSCRIPTION + "/resourceGroups/rg-1/providers/Microsoft.Compute/";
    String instance = Shapes.instance("3", "running");
    arm.answer(Arm.get(Arm.VM), Arm.ok(Shapes.BARE_VM));
    arm.answer(Arm.get(Arm.SET), Arm.ok(Shapes.GOOD_SET));
    arm.answer(Arm.get(Arm.INSTANCE), Arm.ok(instance));
    arm.answer(Arm.get(Arm.FLEXIBLE), Arm.ok(Shapes.FLEXIBLE_SET));
    arm.answer(
        get(urlPathEqualTo(group + "virtualMachines")),
        Arm.ok("{\"value\":[" + Shapes.BARE_VM + "]}"));
    arm.answer(
        get(urlPathEqualTo(group + "virtualMachineScaleSets")),
        Arm.ok("{\"value\":[" + Shapes.GOOD_SET + "]}"));
    arm.answer(
        get(urlPathEqualTo(Arm.SET.path() + "/virtualMachines")),
        Arm.ok("{\"value\":[" + instance + "]}"));
    arm.answer(
        get(urlPathMatching(".*/Microsoft.Authorization/permissions")), Arm.ok(Shapes.PERMISSIONS));
    arm.answer(any(urlPathMatching(".*/(restart|redeploy|performMaintenance)")), arm.taken("op"));
    arm.answer(post(urlPathMatching(".*/simulateEviction")), aResponse().withStatus(204));
    arm.answer(get(urlPathEqualTo(Arm.operation("op"))), Arm.ok("{\"status\":\"Succeeded\"}"));
    ResponseBodies.longWay(arm, patch(urlPathEqualTo(Arm.SET.path())), Shapes.GOOD_SET);
    ResponseBodies.longWay(arm, put(urlPathEqualTo(Arm.INSTANCE.path())), instance);
    arm.answer(
        post(urlPathMatching(".*/acknowledge")), Arm.ok("{\"value\":\"Successfully Approved\"}"));
    arm.answer(
        post(urlPathMatching("/providers/Microsoft.ResourceGraph/resources")),
        Arm.ok("{\"totalRecords\":0,\"count\":0,\"resultTruncated\":\"false\",\"data\":[]}"));
  }

  /** A change that Azure takes on and that is to be followed. */
  private static final class ResponseBodies {
    static void longWay(
        Arm arm, com.github.tomakehurst.wiremock.client.MappingBuilder request, String body) {
      arm.answer(
          request,
          aResponse()
              .withStatus(200)
              .withBody(body.replace("Succeeded", "Updating"))
              .withHeader("Content-Type", "application/json")
              .withHeader(
                  "Azure-AsyncOperation",
                  arm.endpoint() + Arm.operation("op") + "?api-version=2025-04-01"));
    }
  }
}
