package io.drainwatch.watcher.azure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the settings of VMs and scale sets mean for a drain (azure-scheduled-events.md 11), check by
 * check. Pure. A check that finds nothing wrong says so as OK, so that one can see that it was
 * made.
 */
public final class AzureDiagnosis {
  /** Less than this leaves hardly anything after the margin of 60 s. */
  private static final Duration SHORT_NOTICE = Duration.ofMinutes(5);

  private AzureDiagnosis() {}

  public static List<AzureFinding> of(List<Examined> examined, Examined.Question question) {
    List<AzureFinding> findings = new ArrayList<>();
    for (Examined each : examined) {
      switch (each) {
        case Examined.OfVm of -> vm(of, question, findings);
        case Examined.OfScaleSet of -> scaleSet(of, question, findings);
        case Examined.Unread(Trouble trouble) ->
            findings.add(AzureFinding.unread("reading", trouble));
      }
    }
    return List.copyOf(findings);
  }

  private static void vm(
      Examined.OfVm of, Examined.Question question, List<AzureFinding> findings) {
    AzureVm vm = of.vm();
    state(vm, findings);
    vm.spot().ifPresent(spot -> findings.add(spot(vm.id(), spot, vm.disks())));
    vm.policy().ifPresent(policy -> policy(vm.id(), policy, findings));
    osDisk(vm.id(), vm.disks(), findings);
    of.tempDiskUse().ifPresent(use -> findings.add(tempDisk(vm.id(), use)));
    findings.add(maintenance(vm, question));
    findings.add(identity(vm.id(), vm.hasIdentity()));
    permissions(vm.id(), of.permissions(), question.features(), findings);
  }

  private static void scaleSet(
      Examined.OfScaleSet of, Examined.Question question, List<AzureFinding> findings) {
    ScaleSet set = of.set();
    findings.add(terminate(set));
    set.spot().ifPresent(spot -> findings.add(spot(set.id(), spot, set.disks())));
    policy(set.id(), set.policy(), findings);
    osDisk(set.id(), set.disks(), findings);
    findings.add(osUpgrades(set));
    findings.add(identity(set.id(), set.hasIdentity()));
    members(of, findings);
    for (AzureAnswer<AzureVm> instance : of.instances()) {
      switch (instance) {
        case AzureAnswer.Told<AzureVm>(AzureVm vm) -> {
          state(vm, findings);
          findings.add(maintenance(vm, question));
        }
        case AzureAnswer.NotTold<AzureVm>(Trouble trouble) ->
            findings.add(AzureFinding.unread("planned-maintenance", trouble));
      }
    }
    permissions(set.id(), of.permissions(), question.features(), findings);
  }

  private static void state(AzureVm vm, List<AzureFinding> findings) {
    findings.add(
        vm.hasFailed()
            ? AzureFinding.problem(
                vm.id(),
                "provisioning",
                "provisioning has failed, so operations on it are refused",
                "Look at its instance view; az vm reapply often mends it.")
            : AzureFinding.ok(vm.id(), "provisioning", "provisioning " + vm.provisioningState()));
  }

  private static AzureFinding terminate(ScaleSet set) {
    String check = "terminate-notification";
    Notification notification = set.terminateNotification();
    if (set.spot().isPresent()) {
      return AzureFinding.ok(set.id(), check, "Azure does not offer it for Spot");
    }
    if (!notification.on()) {
      return AzureFinding.problem(
          set.id(),
          check,
          "off: an instance that is deleted goes without an event, and nothing is drained",
          set.managedByAks()
              ? "AKS does not offer it: let the autoscaler drain, or delete Nodes only after"
                  + " kubectl drain."
              : "Switch it on: drainwatch azure doctor --vmss "
                  + set.id().path()
                  + " --fix terminate-notification");
    }
    Duration ahead = notification.time().orElse(SHORT_NOTICE);
    return ahead.compareTo(SHORT_NOTICE) > 0
        ? AzureFinding.ok(set.id(), check, "on, " + ahead.toMinutes() + " min ahead")
        : AzureFinding.warning(
            set.id(),
            check,
            "on, but only "
                + ahead.toMinutes()
                + " min ahead, of which the margin takes one: 15 min can be had",
            "Lengthen it: --fix terminate-notification");
  }

  /** Whether a Terminate of its instances is told later than this, and that can be changed. */
  public static boolean lacksNotice(ScaleSet set, Duration wanted) {
    Notification notice = set.terminateNotification();
    boolean told = notice.on() && notice.time().orElse(SHORT_NOTICE).compareTo(wanted) >= 0;
    return set.spot().isEmpty() && !set.managedByAks() && !told;
  }

  private static AzureFinding spot(ResourceId on, Spot spot, DiskFacts disks) {
    String check = "eviction-policy";
    if (!spot.deletes()) {
      return AzureFinding.ok(
          on, check, "Spot, Deallocate: an evicted VM stays stopped until somebody starts it");
    }
    return AzureFinding.warning(
        on,
        check,
        "Spot, Delete: an evicted VM is deleted"
            + (disks.dataDisks().isEmpty() ? "" : ", its data disks too unless they are detached"),
        "Keep nothing on it that a drain hook does not save within 24 s, or take Deallocate.");
  }

  private static void policy(ResourceId on, EventsPolicy policy, List<AzureFinding> findings) {
    String check = "automatic-approval";
    List<String> approved = new ArrayList<>();
    if (policy.userReboots()) {
      approved.add("restarts");
    }
    if (policy.userRedeploys()) {
      approved.add("redeployments");
    }
    findings.add(
        approved.isEmpty()
            ? AzureFinding.ok(on, check, "no restart that a user asks for is approved by itself")
            : AzureFinding.problem(
                on,
                check,
                String.join(" and ", approved)
                    + " that a user asks for are approved by themselves: they begin before"
                    + " anything is drained",
                "Set scheduledEventsPolicy.userInitiatedReboot and userInitiatedRedeploy"
                    + ".automaticallyApprove to false."));
    findings.add(
        policy.allInstancesDown()
            ? AzureFinding.warning(
                on,
                "all-instances-down",
                "what takes all instances down at once is approved by itself (Azure's default):"
                    + " nothing is drained for it",
                "Set scheduledEventsPolicy.allInstancesDown.automaticallyApprove to false.")
            : AzureFinding.ok(on, "all-instances-down", "is not approved by itself"));
  }

  private static void osDisk(ResourceId on, DiskFacts disks, List<AzureFinding> findings) {
    findings.add(
        disks
            .ephemeralOs()
            .map(
                where ->
                    AzureFinding.warning(
                        on,
                        "os-disk",
                        "ephemeral, on "
                            + where
                            + ": a Redeploy or host failure loses it, Drainwatch's record"
                            + " included",
                        "Put drainwatch.state-dir on a data disk, and take the VM as made anew"
                            + " after a Redeploy."))
            .orElseGet(() -> AzureFinding.ok(on, "os-disk", "a managed disk")));
  }

  private static AzureFinding tempDisk(ResourceId on, String use) {
    return use.isEmpty()
        ? AzureFinding.ok(on, "temp-disk", "hardly used")
        : AzureFinding.warning(
            on,
            "temp-disk",
            use + ": lost when the VM is redeployed, evicted or deleted",
            "Keep nothing there that a drain hook does not save.");
  }

  private static AzureFinding osUpgrades(ScaleSet set) {
    String check = "os-upgrades";
    if (!set.automaticOsUpgrades()) {
      return AzureFinding.ok(set.id(), check, "not automatic");
    }
    return set.osImageNotification().on()
        ? AzureFinding.ok(set.id(), check, "automatic, announced as events")
        : AzureFinding.problem(
            set.id(),
            check,
            "automatic, and not announced: OS disks are replaced without an event",
            "Set virtualMachineProfile.scheduledEventsProfile.osImageNotificationProfile"
                + " {enable: true, notBeforeTimeout: PT15M}.");
  }

  private static AzureFinding identity(ResourceId on, boolean has) {
    return has
        ? AzureFinding.ok(on, "identity", "there is one")
        : AzureFinding.warning(
            on,
            "identity",
            "it has no managed identity, so nothing on it can ask Azure",
            "Only for drainwatch azure commands on the VM itself: az vm identity assign.");
  }

  private static void members(Examined.OfScaleSet of, List<AzureFinding> findings) {
    ResourceId on = of.set().id();
    switch (of.members()) {
      case AzureAnswer.NotTold<List<ScaleSetMember>>(Trouble trouble) ->
          findings.add(AzureFinding.unread("latest-model", trouble));
      case AzureAnswer.Told<List<ScaleSetMember>>(List<ScaleSetMember> members) -> {
        List<String> old =
            members.stream()
                .filter(member -> !member.onLatestModel())
                .map(ScaleSetMember::name)
                .toList();
        findings.add(
            old.isEmpty()
                ? AzureFinding.ok(on, "latest-model", "all instances have it")
                : AzureFinding.warning(
                    on,
                    "latest-model",
                    old.size()
                        + " of "
                        + members.size()
                        + " instances are not on it, so notices set later do not count for them: "
                        + some(old),
                    "az vmss update-instances --instance-ids '*'; it may restart them."));
      }
    }
  }

  private static String some(List<String> names) {
    int shown = 5;
    return names.stream().limit(shown).collect(Collectors.joining(", "))
        + (names.size() > shown ? " ..." : "");
  }

  private static AzureFinding maintenance(AzureVm vm, Examined.Question question) {
    String check = "planned-maintenance";
    if (vm.maintenance().isEmpty()) {
      return AzureFinding.ok(vm.id(), check, "none");
    }
    PlannedMaintenance planned = vm.maintenance().get();
    if (planned.lastResult().equals("MaintenanceCompleted")) {
      return AzureFinding.ok(vm.id(), check, "done");
    }
    boolean isOpen =
        planned.selfService()
            && planned.selfServiceUntil().filter(end -> !question.now().isBefore(end)).isEmpty();
    String last =
        planned.lastResult().isEmpty() || planned.lastResult().equals("None")
            ? ""
            : "; the last try ended with " + planned.lastResult();
    return isOpen
        ? AzureFinding.warning(
            vm.id(),
            check,
            "planned, and may be done at a time of your own"
                + planned.selfServiceUntil().map(end -> " until " + end).orElse("")
                + last,
            "drainwatch azure maintenance start --vm " + vm.id().path())
        : AzureFinding.warning(
            vm.id(),
            check,
            "planned"
                + planned.from().map(at -> " from " + at).orElse("")
                + planned.until().map(at -> " to " + at).orElse("")
                + last
                + "; it comes as an event",
            "Nothing to do if the daemon runs there.");
  }

  private static void permissions(
      ResourceId on,
      Optional<AzureAnswer<Permissions>> asked,
      Set<Feature> features,
      List<AzureFinding> findings) {
    if (asked.isEmpty()) {
      return;
    }
    switch (asked.get()) {
      case AzureAnswer.NotTold<Permissions>(Trouble trouble) ->
          findings.add(AzureFinding.unread("roles", trouble));
      case AzureAnswer.Told<Permissions>(Permissions permissions) -> {
        for (Feature feature : new TreeSet<>(features)) {
          List<String> missing =
              feature.actions().stream().filter(action -> !permissions.allow(action)).toList();
          findings.add(
              missing.isEmpty()
                  ? AzureFinding.ok(on, "roles", feature.word() + ": all actions are allowed")
                  : AzureFinding.problem(
                      on,
                      "roles",
                      feature.word() + ": our identity lacks " + String.join(", ", missing),
                      "Assign it the role in " + feature.roleFile() + "."));
        }
      }
    }
  }
}
