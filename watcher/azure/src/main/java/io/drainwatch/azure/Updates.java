package io.drainwatch.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetVMInner;
import com.azure.resourcemanager.compute.models.ScheduledEventsProfile;
import com.azure.resourcemanager.compute.models.TerminateNotificationProfile;
import com.azure.resourcemanager.compute.models.VirtualMachineScaleSetUpdate;
import com.azure.resourcemanager.compute.models.VirtualMachineScaleSetUpdateVMProfile;
import com.azure.resourcemanager.compute.models.VirtualMachineScaleSetVMProtectionPolicy;
import java.time.Duration;

/** What is sent where something is changed: as little as possible, and nothing else with it. */
final class Updates {
  private Updates() {}

  /** The notice of OS upgrades stands in the same profile and stays as it is. */
  static VirtualMachineScaleSetUpdate terminateNotification(
      VirtualMachineScaleSetInner now, Duration ahead) {
    ScheduledEventsProfile profile = new ScheduledEventsProfile();
    if (now.virtualMachineProfile() != null
        && now.virtualMachineProfile().scheduledEventsProfile() != null) {
      profile.withOsImageNotificationProfile(
          now.virtualMachineProfile().scheduledEventsProfile().osImageNotificationProfile());
    }
    return new VirtualMachineScaleSetUpdate()
        .withVirtualMachineProfile(
            new VirtualMachineScaleSetUpdateVMProfile()
                .withScheduledEventsProfile(
                    profile.withTerminateNotificationProfile(
                        new TerminateNotificationProfile()
                            .withEnable(true)
                            .withNotBeforeTimeout(ahead.toString()))));
  }

  /**
   * There is no PATCH for an instance, but a PUT leaves alone what it does not name. Disks must not
   * be named: one that was detached since the reading would be attached again. The other protection
   * stands in the same policy and stays as it is.
   */
  static VirtualMachineScaleSetVMInner protection(VirtualMachineScaleSetVMInner now, boolean on) {
    VirtualMachineScaleSetVMProtectionPolicy policy =
        new VirtualMachineScaleSetVMProtectionPolicy().withProtectFromScaleIn(on);
    if (now.protectionPolicy() != null) {
      policy.withProtectFromScaleSetActions(now.protectionPolicy().protectFromScaleSetActions());
    }
    return new VirtualMachineScaleSetVMInner()
        .withLocation(now.location())
        .withProtectionPolicy(policy);
  }
}
