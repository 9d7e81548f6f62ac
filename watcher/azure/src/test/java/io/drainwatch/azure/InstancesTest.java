package io.drainwatch.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.ScaleSetInstance;
import io.drainwatch.watcher.azure.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is in a scale set, over real sockets: all of them, or trouble. */
@Timeout(120)
class InstancesTest {
  private static final String LIST = Arm.SET.path() + "/virtualMachines";
  private static final String VMS =
      "/subscriptions/"
          + Arm.SUBSCRIPTION
          + "/resourceGroups/rg-1/providers/Microsoft.Compute/virtualMachines";

  private final Arm arm = Arm.start();
  private final AzureResources azure = arm.client(Duration.ofSeconds(5), Duration.ofSeconds(8));

  @BeforeEach
  void thereAreScaleSets() {
    arm.answer(Arm.get(Arm.SET), Arm.ok(Shapes.GOOD_SET));
    arm.answer(Arm.get(Arm.FLEXIBLE), Arm.ok(Shapes.FLEXIBLE_SET));
  }

  @AfterEach
  void stop() {
    azure.close();
    arm.close();
  }

  private static MappingBuilder secondPage() {
    return get(urlPathEqualTo(LIST)).withQueryParam("$skiptoken", equalTo("2"));
  }

  private void twoPages(ResponseDefinitionBuilder second) {
    arm.answer(
        get(urlPathEqualTo(LIST)).withQueryParam("$expand", equalTo("instanceView")),
        Arm.ok(
            "{\"value\":[%s],\"nextLink\":\"%s%s?api-version=1&$skiptoken=2\"}"
                .formatted(Shapes.instance("0", "running"), arm.endpoint(), LIST)));
    arm.answer(secondPage(), second);
  }

  private Trouble trouble() {
    AzureAnswer<List<ScaleSetInstance>> answer = azure.instances(Arm.SET);
    return answer.problem().orElseThrow(() -> new AssertionError(answer));
  }

  @Test
  void areListedOverPagesWithTheirPower() {
    twoPages(
        Arm.ok(
            """
            {"value":[{"name":"pool_7","instanceId":"7","location":"westeurope",
             "properties":{"vmId":"vmid-7","provisioningState":"Succeeded","instanceView":{"statuses":[
              {"code":"ProvisioningState/succeeded","time":"2026-11-21T10:00:00+00:00"},
              {"code":"PowerState/deallocated"}]}}}]}
            """));

    assertThat(azure.instances(Arm.SET).found().orElseThrow())
        .containsExactly(
            new ScaleSetInstance(
                "pool_0", "vmid-0", "Succeeded", AzureVm.Power.RUNNING, Optional.empty()),
            new ScaleSetInstance(
                "pool_7",
                "vmid-7",
                "Succeeded",
                AzureVm.Power.DEALLOCATED,
                Optional.of(Instant.parse("2026-11-21T10:00:00Z"))));
  }

  @Test
  void ofAFlexibleScaleSetAreTheVmsOfItAndNoOthers() {
    arm.answer(
        get(urlPathEqualTo(VMS))
            .withQueryParam("$expand", equalTo("instanceView"))
            .withQueryParam(
                "$filter", equalTo("'virtualMachineScaleSet/id' eq '" + Arm.FLEXIBLE.path() + "'")),
        Arm.ok("{\"value\":[" + Shapes.SPOT_VM + "," + Shapes.BARE_VM + "]}"));

    assertThat(azure.instances(Arm.FLEXIBLE).found().orElseThrow())
        .containsExactly(
            new ScaleSetInstance(
                "vm-1",
                "5ed1ac4c-0000-0000-0000-000000000001",
                "Succeeded",
                AzureVm.Power.RUNNING,
                Optional.of(Instant.parse("2026-11-21T10:00:00Z"))));
  }

  @Test
  void areNotToldWithoutTheRight() {
    arm.answer(
        get(urlPathEqualTo(LIST)), Arm.refusal(403, "AuthorizationFailed", "No such right."));

    assertThat(trouble().kind()).isEqualTo(Trouble.Kind.FORBIDDEN);
  }

  @Test
  void areNotToldWhenASecondPageIsRefused() {
    twoPages(Arm.refusal(403, "AuthorizationFailed", "No such right."));

    assertThat(trouble().kind()).isEqualTo(Trouble.Kind.FORBIDDEN);
  }

  @Test
  void areNotToldWhenASecondPageFails() {
    twoPages(Arm.refusal(500, "InternalServerError", "Oh.").withHeader("Retry-After", "0"));

    assertThat(trouble().kind()).isEqualTo(Trouble.Kind.SERVER);
  }

  @Test
  void areNotToldWhenASecondPageBreaksOff() {
    twoPages(aResponse().withFault(Fault.EMPTY_RESPONSE));

    assertThat(trouble().isOfTheConnection()).isTrue();
  }

  @Test
  void areNotToldWhenOneHasNoName() {
    twoPages(Arm.ok("{\"value\":[{\"instanceId\":\"7\",\"location\":\"westeurope\"}]}"));

    assertThat(trouble().kind()).isEqualTo(Trouble.Kind.OTHER);
  }
}
