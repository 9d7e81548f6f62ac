package io.drainwatch.azure;

/**
 * Answers in the shape that Resource Manager gives them, cut to what matters, and more than that.
 */
final class Shapes {
  private Shapes() {}

  static final String SPOT_VM =
      """
      {"name":"vm-1","id":"%s","type":"Microsoft.Compute/virtualMachines","location":"westeurope",
       "tags":{},"zones":["1"],"etag":"\\"1\\"",
       "identity":{"type":"SystemAssigned","principalId":"p","tenantId":"t"},
       "properties":{"vmId":"5ed1ac4c-0000-0000-0000-000000000001","provisioningState":"Succeeded",
        "timeCreated":"2026-01-01T00:00:00.0000000+00:00","somethingNew":{"a":[1,2]},
        "hardwareProfile":{"vmSize":"Standard_D2ds_v5"},"priority":"Spot","evictionPolicy":"Delete",
        "billingProfile":{"maxPrice":-1.0},
        "scheduledEventsPolicy":{"userInitiatedReboot":{"automaticallyApprove":true},
         "userInitiatedRedeploy":{"automaticallyApprove":true},
         "allInstancesDown":{"automaticallyApprove":false}},
        "virtualMachineScaleSet":{"id":"/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/RG-1/providers/Microsoft.Compute/virtualMachineScaleSets/flex"},
        "storageProfile":{"osDisk":{"osType":"Linux","name":"os","createOption":"FromImage",
          "caching":"ReadOnly","deleteOption":"Delete","diskSizeGB":30,
          "diffDiskSettings":{"option":"Local","placement":"ResourceDisk"}},
         "dataDisks":[{"lun":0,"name":"data-0","createOption":"Attach","deleteOption":"Detach","diskSizeGB":64},
          {"lun":1,"name":"data-1","createOption":"Attach","diskSizeGB":64}]},
        "instanceView":{"computerName":"vm1","statuses":[
          {"code":"ProvisioningState/succeeded","level":"Info","displayStatus":"Provisioning succeeded","time":"2026-11-21T10:00:00+00:00"},
          {"code":"PowerState/running","level":"Info","displayStatus":"VM running"}],
         "maintenanceRedeployStatus":{"isCustomerInitiatedMaintenanceAllowed":true,
          "preMaintenanceWindowStartTime":"2026-11-01T00:00:00+00:00",
          "preMaintenanceWindowEndTime":"2026-12-06T00:00:00+00:00",
          "maintenanceWindowStartTime":"2026-12-07T00:00:00+00:00",
          "maintenanceWindowEndTime":"2026-12-20T00:00:00+00:00",
          "lastOperationResultCode":"RetryLater","lastOperationMessage":"Later"}}}}
      """
          .formatted(Arm.VM.path());

  static final String BARE_VM =
      """
      {"name":"vm-1","id":"%s","location":"westeurope","properties":{"vmId":"v","provisioningState":"Succeeded"}}
      """
          .formatted(Arm.VM.path());

  static String instance(String id, String power) {
    return """
    {"name":"pool_%1$s","id":"%2$s","instanceId":"%1$s","location":"westeurope","etag":"\\"7\\"",
     "sku":{"name":"Standard_D2s_v5"},
     "properties":{"latestModelApplied":true,"vmId":"vmid-%1$s","provisioningState":"Succeeded",
      "protectionPolicy":{"protectFromScaleIn":false,"protectFromScaleSetActions":true},
      "storageProfile":{"osDisk":{"name":"os","createOption":"FromImage"},"dataDisks":[]},
      "osProfile":{"computerName":"pool000003"},
      "networkProfile":{"networkInterfaces":[{"id":"/subscriptions/s/nic"}]},
      "instanceView":{"statuses":[{"code":"ProvisioningState/succeeded"},{"code":"PowerState/%3$s"}]}}}
    """
        .formatted(id, Arm.SET.instance(id).path(), power);
  }

  static final String BAD_SET =
      """
      {"name":"pool","id":"%s","location":"westeurope","tags":{"env":"test"},
       "sku":{"name":"Standard_D2s_v5","capacity":2},
       "properties":{"orchestrationMode":"Uniform","provisioningState":"Succeeded",
        "upgradePolicy":{"mode":"Automatic","automaticOSUpgradePolicy":{"enableAutomaticOSUpgrade":true}},
        "scheduledEventsPolicy":{"userInitiatedReboot":{"automaticallyApprove":true}},
        "virtualMachineProfile":{
         "storageProfile":{"osDisk":{"createOption":"FromImage","diffDiskSettings":{"option":"Local"}}}}}}
      """
          .formatted(Arm.SET.path());

  static final String FLEXIBLE_SET =
      """
      {"name":"flex","id":"%s","location":"westeurope",
       "properties":{"orchestrationMode":"Flexible","provisioningState":"Succeeded"}}
      """
          .formatted(Arm.FLEXIBLE.path());

  static final String GOOD_SET =
      """
      {"name":"pool","id":"%s","location":"westeurope",
       "identity":{"type":"UserAssigned","userAssignedIdentities":{}},
       "sku":{"name":"Standard_D2s_v5","capacity":1},
       "properties":{"orchestrationMode":"Uniform","provisioningState":"Succeeded",
        "upgradePolicy":{"mode":"Rolling","automaticOSUpgradePolicy":{"enableAutomaticOSUpgrade":true}},
        "scheduledEventsPolicy":{"userInitiatedReboot":{"automaticallyApprove":false},
         "userInitiatedRedeploy":{"automaticallyApprove":false},"allInstancesDown":{"automaticallyApprove":false}},
        "virtualMachineProfile":{
         "scheduledEventsProfile":{"terminateNotificationProfile":{"enable":true,"notBeforeTimeout":"PT15M"},
          "osImageNotificationProfile":{"enable":true,"notBeforeTimeout":"PT15M"}},
         "storageProfile":{"osDisk":{"createOption":"FromImage","deleteOption":"Delete"},
          "dataDisks":[{"lun":0,"createOption":"Empty","diskSizeGB":10,"deleteOption":"Detach"}]}}}}
      """
          .formatted(Arm.SET.path());

  static final String PERMISSIONS =
      """
      {"value":[{"actions":["*/read"],"notActions":[],"dataActions":[],"notDataActions":[]},
       {"actions":["Microsoft.Compute/virtualMachines/*"],"notActions":["Microsoft.Compute/virtualMachines/delete"]}]}
      """;
}
