package io.drainwatch.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetVMInner;
import com.azure.resourcemanager.compute.models.OrchestrationMode;
import com.azure.resourcemanager.compute.models.ScheduledEventsProfile;
import com.azure.resourcemanager.compute.models.UpgradePolicy;
import com.azure.resourcemanager.compute.models.VirtualMachinePriorityTypes;
import com.azure.resourcemanager.compute.models.VirtualMachineScaleSetVMProfile;
import io.drainwatch.watcher.azure.Notification;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.ScaleSet;
import io.drainwatch.watcher.azure.ScaleSetMember;
import io.drainwatch.watcher.azure.Spot;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the SDK's model of a scale set to our words. Pure and total. */
final class ScaleSetReading {
  private static final String OF_AKS = "aks-managed-";

  private ScaleSetReading() {}

  static ScaleSet of(ResourceId id, VirtualMachineScaleSetInner set) {
    VirtualMachineScaleSetVMProfile profile = set.virtualMachineProfile();
    ScheduledEventsProfile events = profile == null ? null : profile.scheduledEventsProfile();
    UpgradePolicy upgrades = set.upgradePolicy();
    return new ScaleSet(
        id,
        OrchestrationMode.FLEXIBLE.equals(set.orchestrationMode()),
        profile != null && VirtualMachinePriorityTypes.SPOT.equals(profile.priority())
            ? Optional.of(new Spot(Told.some(profile.evictionPolicy())))
            : Optional.empty(),
        PolicyReading.of(set.scheduledEventsPolicy()),
        terminate(events),
        osImage(events),
        upgrades != null
            && upgrades.automaticOSUpgradePolicy() != null
            && Told.yes(upgrades.automaticOSUpgradePolicy().enableAutomaticOSUpgrade()),
        upgrades == null ? "" : Told.text(upgrades.mode()),
        set.identity() != null && set.identity().type() != null,
        DiskReading.of(profile == null ? null : profile.storageProfile()),
        set.tags() != null
            && set.tags().keySet().stream()
                .anyMatch(tag -> tag.toLowerCase(Locale.ROOT).startsWith(OF_AKS)));
  }

  static ScaleSetMember member(VirtualMachineScaleSetVMInner instance) {
    return new ScaleSetMember(
        Told.text(instance.name()),
        Told.text(instance.instanceId()),
        Told.text(instance.provisioningState()),
        // absent for Flexible, where there is no such thing
        instance.latestModelApplied() == null || instance.latestModelApplied());
  }

  private static Notification terminate(@Nullable ScheduledEventsProfile events) {
    return events == null || events.terminateNotificationProfile() == null
        ? Notification.OFF
        : new Notification(
            Told.yes(events.terminateNotificationProfile().enable()),
            Told.duration(events.terminateNotificationProfile().notBeforeTimeout()));
  }

  private static Notification osImage(@Nullable ScheduledEventsProfile events) {
    return events == null || events.osImageNotificationProfile() == null
        ? Notification.OFF
        : new Notification(
            Told.yes(events.osImageNotificationProfile().enable()),
            Told.duration(events.osImageNotificationProfile().notBeforeTimeout()));
  }
}
