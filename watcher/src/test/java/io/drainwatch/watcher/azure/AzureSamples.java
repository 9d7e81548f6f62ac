package io.drainwatch.watcher.azure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** VMs and scale sets, well and badly configured. */
public final class AzureSamples {
  public static final ResourceId VM = ResourceId.vm("sub", "rg-1", "vm_0");
  public static final ResourceId SET = ResourceId.scaleSet("sub", "rg-1", "pool");
  public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private AzureSamples() {}

  public static AzureVm goodVm(ResourceId id) {
    return new AzureVm(
        id,
        "vmid",
        "Succeeded",
        AzureVm.Power.RUNNING,
        Optional.empty(),
        Optional.of(new EventsPolicy(false, false, false)),
        Optional.empty(),
        true,
        DiskFacts.NONE,
        Optional.empty(),
        false);
  }

  public static AzureVm protectedOrNot(AzureVm vm, boolean on) {
    return like(vm, vm.vmId(), vm.provisioningState(), vm.power(), vm.maintenance(), on);
  }

  public static AzureVm powered(ResourceId id, AzureVm.Power power, String provisioningState) {
    AzureVm vm = goodVm(id);
    return like(vm, vm.vmId(), provisioningState, power, vm.maintenance(), false);
  }

  public static AzureVm withVmId(AzureVm vm, String vmId) {
    return like(
        vm, vmId, vm.provisioningState(), vm.power(), vm.maintenance(), vm.protectedFromScaleIn());
  }

  private static AzureVm like(
      AzureVm vm,
      String vmId,
      String provisioningState,
      AzureVm.Power power,
      Optional<PlannedMaintenance> maintenance,
      boolean isProtected) {
    return new AzureVm(
        vm.id(),
        vmId,
        provisioningState,
        power,
        vm.spot(),
        vm.policy(),
        vm.scaleSet(),
        vm.hasIdentity(),
        vm.disks(),
        maintenance,
        isProtected);
  }

  public static AzureVm badVm(ResourceId id) {
    return new AzureVm(
        id,
        "vmid",
        "Failed",
        AzureVm.Power.RUNNING,
        Optional.of(new Spot(Optional.of("Delete"))),
        Optional.of(new EventsPolicy(true, true, true)),
        Optional.empty(),
        false,
        new DiskFacts(
            Optional.of("ResourceDisk"),
            Optional.empty(),
            List.of(new DiskFacts.DataDisk(OptionalInt.of(0), "d", Optional.empty()))),
        Optional.of(planned(true, "RetryLater")),
        false);
  }

  public static AzureVm maintained(ResourceId id) {
    AzureVm vm = goodVm(id);
    return like(
        vm,
        vm.vmId(),
        vm.provisioningState(),
        vm.power(),
        Optional.of(planned(true, "None")),
        false);
  }

  public static PlannedMaintenance planned(boolean selfService, String lastResult) {
    return new PlannedMaintenance(
        selfService,
        Optional.of(Instant.parse("2020-11-01T00:00:00Z")),
        Optional.of(Instant.parse("2099-12-06T00:00:00Z")),
        Optional.of(Instant.parse("2099-12-07T00:00:00Z")),
        Optional.of(Instant.parse("2099-12-20T00:00:00Z")),
        lastResult,
        "");
  }

  public static ScaleSet goodSet() {
    return set(
        Optional.empty(),
        new EventsPolicy(false, false, false),
        new Notification(true, Optional.of(Duration.ofMinutes(15))),
        new Notification(true, Optional.of(Duration.ofMinutes(15))),
        true,
        DiskFacts.NONE);
  }

  public static ScaleSet badSet() {
    return set(
        Optional.empty(),
        new EventsPolicy(true, true, true),
        Notification.OFF,
        Notification.OFF,
        false,
        new DiskFacts(Optional.of("CacheDisk"), Optional.empty(), List.of()));
  }

  public static ScaleSet set(
      Optional<Spot> spot,
      EventsPolicy policy,
      Notification terminate,
      Notification osImage,
      boolean hasIdentity,
      DiskFacts disks) {
    return new ScaleSet(
        SET, false, spot, policy, terminate, osImage, true, "Rolling", hasIdentity, disks, false);
  }

  /** May everything. */
  public static final Permissions OWNER =
      new Permissions(List.of(new Permissions.Grant(List.of("*"), List.of())));

  public static final Permissions NOBODY = new Permissions(List.of());

  public static Trouble trouble(Trouble.Kind kind, AzureCall call) {
    return new Trouble(
        kind, call, VM.words(), OptionalInt.empty(), "", "because", Optional.empty());
  }
}
