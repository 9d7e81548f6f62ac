package io.drainwatch.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInstanceViewInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetVMInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetVMInstanceViewInner;
import com.azure.resourcemanager.compute.models.InstanceViewStatus;
import com.azure.resourcemanager.compute.models.MaintenanceRedeployStatus;
import com.azure.resourcemanager.compute.models.VirtualMachinePriorityTypes;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.EventsPolicy;
import io.drainwatch.watcher.azure.PlannedMaintenance;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.ScaleSetInstance;
import io.drainwatch.watcher.azure.Spot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the SDK's models of a VM and an instance to our words. Pure and total. */
final class VmReading {
  private VmReading() {}

  static AzureVm of(ResourceId id, VirtualMachineInner vm) {
    VirtualMachineInstanceViewInner view = vm.instanceView();
    return new AzureVm(
        id,
        Told.text(vm.vmId()),
        Told.text(vm.provisioningState()),
        power(view == null ? null : view.statuses()),
        VirtualMachinePriorityTypes.SPOT.equals(vm.priority())
            ? Optional.of(new Spot(Told.some(vm.evictionPolicy())))
            : Optional.empty(),
        Optional.of(PolicyReading.of(vm.scheduledEventsPolicy())),
        Optional.ofNullable(vm.virtualMachineScaleSet())
            .flatMap(set -> ResourceId.parse(Told.text(set.id()))),
        vm.identity() != null && vm.identity().type() != null,
        DiskReading.of(vm.storageProfile()),
        maintenance(view == null ? null : view.maintenanceRedeployStatus()),
        false);
  }

  /** Spot and policy of an instance are its scale set's. */
  static AzureVm of(ResourceId id, VirtualMachineScaleSetVMInner instance) {
    VirtualMachineScaleSetVMInstanceViewInner view = instance.instanceView();
    return new AzureVm(
        id,
        Told.text(instance.vmId()),
        Told.text(instance.provisioningState()),
        power(view == null ? null : view.statuses()),
        Optional.empty(),
        Optional.<EventsPolicy>empty(),
        Optional.of(id.ofScaleSet()),
        instance.identity() != null && instance.identity().type() != null,
        DiskReading.of(instance.storageProfile()),
        maintenance(view == null ? null : view.maintenanceRedeployStatus()),
        instance.protectionPolicy() != null
            && Told.yes(instance.protectionPolicy().protectFromScaleIn()));
  }

  /** An instance in the list of a Uniform scale set. */
  static ScaleSetInstance standing(VirtualMachineScaleSetVMInner instance) {
    VirtualMachineScaleSetVMInstanceViewInner view = instance.instanceView();
    return standing(
        Told.text(instance.name()),
        Told.text(instance.vmId()),
        Told.text(instance.provisioningState()),
        view == null ? null : view.statuses());
  }

  /** A VM in the list of a Flexible one. */
  static ScaleSetInstance standing(VirtualMachineInner vm) {
    VirtualMachineInstanceViewInner view = vm.instanceView();
    return standing(
        Told.text(vm.name()),
        Told.text(vm.vmId()),
        Told.text(vm.provisioningState()),
        view == null ? null : view.statuses());
  }

  private static ScaleSetInstance standing(
      String name,
      String vmId,
      String provisioningState,
      @Nullable List<InstanceViewStatus> statuses) {
    return new ScaleSetInstance(
        name,
        vmId,
        provisioningState,
        power(statuses),
        Told.list(statuses).stream()
            .filter(status -> Told.text(status.code()).startsWith("ProvisioningState/"))
            .flatMap(status -> Told.moment(status.time()).stream())
            .findFirst());
  }

  static boolean isOf(ResourceId scaleSet, VirtualMachineInner vm) {
    return Optional.ofNullable(vm.virtualMachineScaleSet())
        .flatMap(set -> ResourceId.parse(Told.text(set.id())))
        .filter(scaleSet::isSameAs)
        .isPresent();
  }

  private static AzureVm.Power power(@Nullable List<InstanceViewStatus> statuses) {
    return Told.list(statuses).stream()
        .map(status -> AzureVm.Power.of(Told.text(status.code())))
        .filter(power -> power != AzureVm.Power.UNKNOWN)
        .findFirst()
        .orElse(AzureVm.Power.UNKNOWN);
  }

  private static Optional<PlannedMaintenance> maintenance(
      @Nullable MaintenanceRedeployStatus status) {
    return status == null
        ? Optional.empty()
        : Optional.of(
            new PlannedMaintenance(
                Told.yes(status.isCustomerInitiatedMaintenanceAllowed()),
                Told.moment(status.preMaintenanceWindowStartTime()),
                Told.moment(status.preMaintenanceWindowEndTime()),
                Told.moment(status.maintenanceWindowStartTime()),
                Told.moment(status.maintenanceWindowEndTime()),
                Told.text(status.lastOperationResultCode()),
                Told.text(status.lastOperationMessage())));
  }
}
