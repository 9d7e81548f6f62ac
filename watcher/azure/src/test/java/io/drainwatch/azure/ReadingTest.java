package io.drainwatch.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.DiskFacts;
import io.drainwatch.watcher.azure.EventsPolicy;
import io.drainwatch.watcher.azure.Inventory;
import io.drainwatch.watcher.azure.Permissions;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.ScaleSet;
import io.drainwatch.watcher.azure.ScaleSetMember;
import io.drainwatch.watcher.azure.Spot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadingTest {
  private final Arm arm = Arm.start();
  private final AzureResources azure = arm.client();

  @AfterEach
  void close() {
    azure.close();
    assertThat(arm.calls()).as("only calls that are listed").isNotEmpty();
    arm.close();
  }

  @Test
  void readsAVmWithItsInstanceView() {
    arm.answer(Arm.get(Arm.VM), Arm.ok(Shapes.SPOT_VM));

    AzureVm vm = azure.vm(Arm.VM).found().orElseThrow();

    assertThat(vm.power()).isEqualTo(AzureVm.Power.RUNNING);
    assertThat(vm.spot()).contains(new Spot(Optional.of("Delete")));
    assertThat(vm.policy()).contains(new EventsPolicy(true, true, false));
    assertThat(vm.hasIdentity()).isTrue();
    assertThat(vm.scaleSet().map(ResourceId::name)).contains("flex");
    assertThat(vm.disks())
        .isEqualTo(
            new DiskFacts(
                Optional.of("ResourceDisk"),
                Optional.of("Delete"),
                List.of(
                    new DiskFacts.DataDisk(OptionalInt.of(0), "data-0", Optional.of("Detach")),
                    new DiskFacts.DataDisk(OptionalInt.of(1), "data-1", Optional.empty()))));
    assertThat(vm.maintenance())
        .hasValueSatisfying(
            planned -> {
              assertThat(planned.selfService()).isTrue();
              assertThat(planned.selfServiceUntil())
                  .contains(Instant.parse("2026-12-06T00:00:00Z"));
              assertThat(planned.lastResult()).isEqualTo("RetryLater");
            });
    arm.server.verify(
        getRequestedFor(anyUrl())
            .withQueryParam("$expand", equalTo("instanceView"))
            .withHeader("Authorization", equalTo("Bearer " + Arm.TOKEN)));
  }

  @Test
  void readsAVmThatTellsNextToNothing() {
    arm.answer(Arm.get(Arm.VM), Arm.ok(Shapes.BARE_VM));

    AzureVm vm = azure.vm(Arm.VM).found().orElseThrow();

    assertThat(vm.power()).isEqualTo(AzureVm.Power.UNKNOWN);
    assertThat(vm.spot()).isEmpty();
    assertThat(vm.policy()).contains(EventsPolicy.DEFAULT);
    assertThat(vm.disks()).isEqualTo(DiskFacts.NONE);
    assertThat(vm.maintenance()).isEmpty();
  }

  @Test
  void readsAnInstance() {
    arm.answer(Arm.get(Arm.INSTANCE), Arm.ok(Shapes.instance("3", "deallocated")));

    AzureVm vm = azure.vm(Arm.INSTANCE).found().orElseThrow();

    assertThat(vm.power()).isEqualTo(AzureVm.Power.DEALLOCATED);
    assertThat(vm.vmId()).isEqualTo("vmid-3");
    assertThat(vm.scaleSet()).contains(Arm.SET);
    assertThat(vm.protectedFromScaleIn()).isFalse();
  }

  @Test
  void readsScaleSets() {
    arm.answer(Arm.get(Arm.SET), Arm.ok(Shapes.BAD_SET));
    ScaleSet bad = azure.scaleSet(Arm.SET).found().orElseThrow();
    arm.answer(Arm.get(Arm.SET), Arm.ok(Shapes.GOOD_SET));
    ScaleSet good = azure.scaleSet(Arm.SET).found().orElseThrow();

    assertThat(bad.terminateNotification().on()).isFalse();
    assertThat(bad.policy()).isEqualTo(new EventsPolicy(true, false, true));
    assertThat(bad.automaticOsUpgrades()).isTrue();
    assertThat(bad.disks().ephemeralOs()).contains("local");
    assertThat(good.terminateNotification().on()).isTrue();
    assertThat(good.terminateNotification().time()).contains(Duration.ofMinutes(15));
    assertThat(good.osImageNotification().on()).isTrue();
    assertThat(good.policy().allInstancesDown()).isFalse();
    assertThat(good.disks().dataDisks())
        .singleElement()
        .satisfies(disk -> assertThat(disk.deleteOption()).contains("Detach"));
  }

  @Test
  void listsTheMembersOfAScaleSetOverPages() {
    String list = Arm.SET.path() + "/virtualMachines";
    arm.answer(
        get(urlPathEqualTo(list)),
        Arm.ok(
            "{\"value\":[%s],\"nextLink\":\"%s%s?api-version=1&$skiptoken=2\"}"
                .formatted(Shapes.instance("0", "running"), arm.endpoint(), list)));
    arm.answer(
        get(urlPathEqualTo(list)).withQueryParam("$skiptoken", equalTo("2")),
        Arm.ok(
            """
            {"value":[{"name":"pool_7","instanceId":"7","location":"westeurope",
             "properties":{"provisioningState":"Creating","latestModelApplied":false}},
             {"name":"pool_a1b2c3d4","instanceId":"pool_a1b2c3d4","location":"westeurope",
             "properties":{"provisioningState":"Succeeded"}}]}
            """));

    assertThat(azure.members(Arm.SET).found().orElseThrow())
        .containsExactly(
            new ScaleSetMember("pool_0", "0", "Succeeded", true),
            new ScaleSetMember("pool_7", "7", "Creating", false),
            new ScaleSetMember("pool_a1b2c3d4", "pool_a1b2c3d4", "Succeeded", true));
  }

  @Test
  void listsAResourceGroup() {
    String group =
        "/subscriptions/" + Arm.SUBSCRIPTION + "/resourceGroups/rg-1/providers/Microsoft.Compute/";
    arm.answer(
        get(urlPathEqualTo(group + "virtualMachines")),
        Arm.ok("{\"value\":[" + Shapes.BARE_VM + "]}"));
    arm.answer(
        get(urlPathEqualTo(group + "virtualMachineScaleSets")),
        Arm.ok("{\"value\":[" + Shapes.GOOD_SET + "]}"));

    assertThat(azure.inventory(Arm.SUBSCRIPTION, "rg-1").found())
        .contains(new Inventory(List.of(Arm.VM), List.of(Arm.SET)));
  }

  @Test
  void readsWhatWeMay() {
    arm.answer(
        get(urlPathEqualTo(Arm.VM.path() + "/providers/Microsoft.Authorization/permissions")),
        Arm.ok(Shapes.PERMISSIONS));

    Permissions permissions = azure.permissions(Arm.VM).found().orElseThrow();

    assertThat(permissions.allow("Microsoft.Compute/virtualMachines/restart/action")).isTrue();
    assertThat(permissions.allow("Microsoft.Compute/virtualMachines/delete")).isFalse();
    assertThat(permissions.allow("Microsoft.Compute/virtualMachineScaleSets/read")).isTrue();
    assertThat(permissions.allow("Microsoft.Compute/virtualMachineScaleSets/write")).isFalse();
  }
}
