package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureCall;
import io.drainwatch.watcher.azure.AzureSamples;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.GraphEvent;
import io.drainwatch.watcher.azure.Operation;
import io.drainwatch.watcher.azure.PlayedAzure;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.ScaleSetMember;
import io.drainwatch.watcher.azure.Trouble;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.Impact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AzureCommandsTest {
  private static final String SET = AzureSamples.SET.path();
  private static final String VM = AzureSamples.VM.path();
  private static final ScaleSetMember OLD = new ScaleSetMember("pool_0", "0", "Succeeded", false);
  private static final ScaleSetMember NEW = new ScaleSetMember("pool_0", "0", "Succeeded", true);

  @TempDir Path directory;
  private final PlayedAzure azure = new PlayedAzure();

  private Tool tool() {
    return Tool.in(directory).with(azure);
  }

  @Test
  void doctorIsSilentWhereAllIsWell() {
    azure.with(AzureSamples.goodSet(), NEW);
    azure.with(AzureSamples.goodVm(AzureSamples.SET.instance("0")));

    Tool.Result result = tool().run("azure", "doctor", "--vmss", SET);

    assertThat(result).isEqualTo(new Tool.Result(ExitCode.OK, "", ""));
    assertThat(tool().run("azure", "doctor", "--vmss", SET, "--all").out()).contains("ok ");
  }

  @Test
  void doctorNamesEveryFaultAndChangesNothing() {
    azure.with(AzureSamples.badSet(), OLD);
    azure.with(AzureSamples.badVm(AzureSamples.SET.instance("0")));

    Tool.Result result = tool().run("azure", "doctor", "--vmss", SET);

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out())
        .contains(
            "problem  terminate-notification",
            "problem  automatic-approval",
            "warning  all-instances-down",
            "warning  os-disk",
            "problem  os-upgrades",
            "warning  identity",
            "warning  latest-model",
            "problem  provisioning",
            "warning  planned-maintenance",
            "--fix terminate-notification");
    assertThat(azure.done).isEmpty();
    assertThat(tool().run("azure", "doctor", "--vmss", SET, "--output", "json").json())
        .anySatisfy(
            finding ->
                assertThat(finding.path("check").asText()).isEqualTo("terminate-notification"));
  }

  @Test
  void doctorLooksAtAResourceGroup() {
    azure.with(AzureSamples.badSet(), OLD).with(AzureSamples.badVm(AzureSamples.VM));

    Tool.Result result =
        tool().run("azure", "doctor", "--resource-group", "rg-1", "--subscription", "s");

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.out()).contains("scale set pool", "VM vm_0", "eviction-policy");
    assertThat(tool().run("azure", "doctor", "--resource-group", "rg-1").code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void doctorSaysThatAzureDoesNotAnswer() {
    azure.trouble = Optional.of(Trouble.Kind.NO_LOGIN);

    Tool.Result result = tool().run("azure", "doctor", "--vm", VM);

    assertThat(result.code()).isEqualTo(ExitCode.NO_DAEMON);
    assertThat(result.err()).contains("az login");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void fixAsksFirst() {
    azure.with(AzureSamples.badSet(), NEW);

    assertThat(fix(tool()).code()).as("nobody is there").isEqualTo(ExitCode.USAGE);
    Tool asked = tool().answering(false);
    fix(asked);
    assertThat(azure.done).isEmpty();
    assertThat(asked.asked()).contains("scale set pool", "15 min ahead");

    fix(tool().answering(true));
    assertThat(azure.done).containsExactly("notification of pool PT15M");
  }

  @Test
  void fixWithYesAsksNobodyAndLooksAgain() {
    azure.with(AzureSamples.badSet(), NEW);

    Tool.Result result = fix(tool(), "--yes", "--ahead", "10m");

    assertThat(azure.done).containsExactly("notification of pool PT10M");
    assertThat(result.err()).contains("Switched on: terminate notification of scale set pool");
    assertThat(result.out()).doesNotContain("terminate-notification");
    assertThat(fix(tool(), "--yes", "--ahead", "10m").err()).as("once").isEmpty();
  }

  @Test
  void fixTellsWhatWentWrong() {
    azure.with(AzureSamples.badSet(), NEW);
    azure.deeds =
        deed ->
            () ->
                new AzureAnswer.NotTold<>(
                    AzureSamples.trouble(Trouble.Kind.CONFLICT, AzureCall.UPDATE_SCALE_SET));

    Tool.Result result = fix(tool(), "--yes");

    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains("Something else is being done to it");
  }

  private static Tool.Result fix(Tool tool, String... more) {
    List<Object> words =
        new java.util.ArrayList<>(
            List.of("azure", "doctor", "--vmss", SET, "--fix", "terminate-notification"));
    words.addAll(List.of(more));
    return tool.run(words.toArray());
  }

  @Test
  void wrongArgumentsAreRefusedBeforeAnythingIsAsked() {
    for (List<String> words :
        List.of(
            List.of("doctor", "--vm", "vm-1"),
            List.of("doctor", "--vm", SET),
            List.of("doctor", "--vmss", VM),
            List.of("doctor", "--vmss", SET, "--vm", VM),
            List.of("doctor", "--vmss", SET, "--fix", "everything"),
            List.of("doctor", "--vmss", SET, "--yes"),
            List.of("doctor", "--vmss", SET, "--fix", "terminate-notification", "--ahead", "1m"),
            List.of("doctor", "--vm", VM, "--endpoint", "http://localhost"),
            List.of("rehearse", "--vm", VM, "--event", "reboot"),
            List.of("rehearse", "--vm", VM, "--event", "freeze", "--i-know-this-restarts-it"),
            List.of("members", "--vmss", VM))) {
      Object[] all =
          java.util.stream.Stream.concat(java.util.stream.Stream.of("azure"), words.stream())
              .toArray();
      assertThat(tool().run(all).code()).as(words.toString()).isEqualTo(ExitCode.USAGE);
    }
    assertThat(azure.done).isEmpty();
  }

  @Test
  void saysWhereThePartThatTalksToAzureIsMissing() {
    Tool.Result result = Tool.in(directory).run("azure", "members", "--vmss", SET);

    assertThat(result).isEqualTo(new Tool.Result(ExitCode.FAILED, "", "No Azure here.\n"));
  }

  @Test
  void listsMembers() {
    azure.with(AzureSamples.badSet(), OLD, new ScaleSetMember("pool_7", "7", "Creating", true));

    assertThat(tool().run("azure", "members", "--vmss", SET).out().lines())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("pool_7", "7", "Creating"));
    assertThat(tool().run("azure", "members", "--vmss", SET, "--output", "json").json()).hasSize(2);
  }

  @Test
  void listsEventsOfASubscription() {
    azure.events.add(
        new GraphEvent(
            "/x/pool", "abc", "Reboot", "Scheduled", List.of("pool_3"), "2026-11-21T18:00:00Z"));

    assertThat(tool().run("azure", "events", "--subscription", "s").out())
        .isEqualTo("Reboot Scheduled abc not before 2026-11-21T18:00:00Z: pool_3 of /x/pool\n");
    assertThat(
            tool()
                .variable("AZURE_SUBSCRIPTION_ID", "s")
                .run("azure", "events", "--output", "json")
                .json())
        .hasSize(1);
    assertThat(tool().run("azure", "events").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void listsPlannedMaintenance() {
    azure.with(AzureSamples.maintained(AzureSamples.VM));
    azure.with(AzureSamples.goodVm(ResourceId.vm("sub", "rg-1", "b")));
    Object[] words = {
      "azure", "maintenance", "list", "--resource-group", "rg-1", "--subscription", "sub"
    };

    Tool.Result result = tool().run(words);

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).isEqualTo(VM + "  may be started until 2099-12-06T00:00:00Z\n");
  }

  @Test
  void startsNoMaintenanceThatIsNotPlannedNorWithoutItsDaemon() {
    azure.with(AzureSamples.goodVm(AzureSamples.VM));
    assertThat(start(tool(), "--yes").err()).contains("No maintenance is planned", "Nothing was");
    azure.with(AzureSamples.maintained(AzureSamples.VM));
    Tool.Result alone = start(tool(), "--yes");

    assertThat(alone.code()).isEqualTo(ExitCode.NO_DAEMON);
    assertThat(alone.err()).contains("does not answer, so it cannot be drained");
    assertThat(azure.done).isEmpty();
  }

  private static Tool.Result start(Tool tool, Object... more) {
    List<Object> words =
        new java.util.ArrayList<>(
            List.of(
                "azure",
                "maintenance",
                "start",
                "--vm",
                VM,
                "--config",
                tool.configuration().toString()));
    words.addAll(List.of(more));
    return tool.run(words.toArray());
  }

  @Test
  void maintenanceDrainsThenIsDoneThenReturns() throws Exception {
    azure.with(AzureSamples.maintained(AzureSamples.VM));
    Tool tool = tool();
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      azure.deeds =
          deed -> {
            String status = tool.run("status", "--config", daemon.configuration().toString()).out();
            azure.done.add(status.contains("Drained") ? "while drained" : "too early: " + status);
            return () -> new AzureAnswer.Told<>(Operation.Standing.DONE);
          };

      Tool.Result result = maintain(tool, daemon, VM, "--yes");

      assertThat(result.err()).isEmpty();
      assertThat(result.code()).isEqualTo(ExitCode.OK);
      assertThat(azure.done).containsExactly("PERFORM_MAINTENANCE vm_0", "while drained");
      assertThat(result.out().lines())
          .containsSubsequence(
              "The machine is drained.",
              "The maintenance has begun.",
              "The maintenance is done.",
              "Back in service.");
    }
  }

  @Test
  void whatFailsInAzureStaysDrained() throws Exception {
    azure.with(AzureSamples.maintained(AzureSamples.VM));
    azure.deeds =
        deed ->
            () ->
                new AzureAnswer.NotTold<>(
                    AzureSamples.trouble(Trouble.Kind.SERVER, AzureCall.MAINTAIN_VM));
    Tool tool = tool();
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      Tool.Result result = maintain(tool, daemon, VM, "--yes");

      assertThat(result.code()).isEqualTo(ExitCode.FAILED);
      assertThat(result.err()).contains("stays drained", "drainwatch resume");
      assertThat(tool.run("status", "--config", daemon.configuration().toString()).out())
          .contains("Drained");
    }
  }

  @Test
  void aFailedLookAtAMaintenanceIsNotItsEnd() throws Exception {
    azure.with(AzureSamples.maintained(AzureSamples.VM));
    for (Trouble.Kind kind :
        List.of(
            Trouble.Kind.NO_CONNECTION,
            Trouble.Kind.TIMED_OUT,
            Trouble.Kind.SERVER,
            Trouble.Kind.THROTTLED,
            Trouble.Kind.NO_LOGIN)) {
      azure.looks.add(kind);
    }
    Tool tool = tool();
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      azure.deeds = deed -> azure.followed();

      Tool.Result result = maintain(tool, daemon, VM, "--yes");

      assertThat(result.err()).isEmpty();
      assertThat(result.out()).contains("The maintenance is done.", "Back in service.");
      assertThat(azure.looks).isEmpty();
    }
  }

  @Test
  void aMaintenanceLostFromSightIsNotToBeResumedBeforeItsEnd() throws Exception {
    azure.with(AzureSamples.maintained(AzureSamples.VM));
    azure.deeds =
        deed ->
            () ->
                new AzureAnswer.NotTold<>(
                    AzureSamples.trouble(Trouble.Kind.SERVER, AzureCall.FOLLOW_OPERATION));
    Tool tool = tool();
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      Tool.Result result = maintain(tool, daemon, VM, "--yes", "--limit", "2s");

      assertThat(result.code()).isEqualTo(ExitCode.FAILED);
      assertThat(result.err())
          .contains("goes on in Azure", "do not resume before the maintenance has ended")
          .doesNotContain("puts it back");
    }
  }

  @Test
  void aRehearsalGoesOnWhereALookAtItsOrderFails() throws Exception {
    azure.with(AzureSamples.goodVm(AzureSamples.VM));
    azure.deeds =
        deed ->
            () ->
                new AzureAnswer.NotTold<>(
                    AzureSamples.trouble(Trouble.Kind.TIMED_OUT, AzureCall.FOLLOW_OPERATION));
    Tool tool = tool();
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      Tool.Result result =
          tool.run(
              "azure",
              "rehearse",
              "--vm",
              VM,
              "--event",
              "reboot",
              "--i-know-this-restarts-it",
              "--limit",
              "2s",
              "--config",
              daemon.configuration());

      assertThat(result.code()).isEqualTo(ExitCode.FAILED);
      assertThat(result.out())
          .contains("No maintenance was seen")
          .doesNotContain("Azure did not do it");
    }
  }

  @Test
  void neitherDrainsNorMaintainsAnotherVmThanTheDaemons() throws Exception {
    var other = ResourceId.vm("sub", "rg-1", "vm_1");
    azure.with(AzureSamples.maintained(other)).with(AzureSamples.goodVm(other));
    azure.with(AzureSamples.maintained(other));
    Tool tool = tool();
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      Tool.Result result = maintain(tool, daemon, other.path(), "--yes");

      assertThat(result.code()).isEqualTo(ExitCode.FAILED);
      assertThat(result.err()).contains("is that of vm_0 ", ", not of VM vm_1");
      assertThat(azure.done).isEmpty();
    }
  }

  @Test
  void aVmOfTheSameNameInAnotherResourceGroupIsAnother() throws Exception {
    var other = ResourceId.vm("sub", "rg-2", "vm_0");
    azure.with(withVmId(AzureSamples.maintained(other), "another-id"));
    Tool tool = tool();
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      Tool.Result maintained = maintain(tool, daemon, other.path(), "--yes");
      Tool.Result rehearsed = rehearse(tool, daemon, "reboot", other.path());

      for (Tool.Result result : List.of(maintained, rehearsed)) {
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
            .contains("is that of vm_0 with the vmId VMID, not of VM vm_0")
            .contains("with the vmId another-id");
      }
      assertThat(azure.done).isEmpty();
    }
  }

  private static AzureVm withVmId(AzureVm vm, String vmId) {
    return new AzureVm(
        vm.id(),
        vmId,
        vm.provisioningState(),
        vm.power(),
        vm.spot(),
        vm.policy(),
        vm.scaleSet(),
        vm.hasIdentity(),
        vm.disks(),
        vm.maintenance(),
        vm.protectedFromScaleIn());
  }

  private static Tool.Result maintain(Tool tool, LiveDaemon daemon, String vm, String... more) {
    List<Object> words =
        new java.util.ArrayList<>(
            List.of(
                "azure",
                "maintenance",
                "start",
                "--vm",
                vm,
                "--config",
                daemon.configuration().toString()));
    words.addAll(List.of(more));
    return tool.run(words.toArray());
  }

  @Test
  void aRehearsalFollowsTheRealEventToItsEnd() throws Exception {
    azure.with(AzureSamples.goodVm(AzureSamples.VM));
    Tool tool = tool();
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      azure.deeds =
          deed -> {
            daemon
                .simulator()
                .schedule(
                    EventPlan.ofType("Reboot")
                        .on(LiveDaemon.VM)
                        .source("User")
                        .notice(Duration.ofMinutes(5))
                        .approvalDelay(Duration.ofSeconds(1))
                        .startedFor(Duration.ofSeconds(1))
                        .impact(new Impact.Stays())
                        .build());
            return () -> new AzureAnswer.Told<>(Operation.Standing.DONE);
          };

      Tool.Result result = rehearse(tool, daemon, "reboot");

      assertThat(result.err()).isEmpty();
      assertThat(result.out().lines())
          .anySatisfy(line -> assertThat(line).contains("Azure has taken the order"))
          .anySatisfy(line -> assertThat(line).contains("acknowledged"))
          .last()
          .isEqualTo("Drained before it began, acknowledged, and back in service.");
      assertThat(result.code()).isEqualTo(ExitCode.OK);
      assertThat(azure.done).containsExactly("RESTART vm_0");
    }
  }

  @Test
  void aRehearsalThatAzureRefusesFailsAndOneWithoutSpotIsNotBegun() throws Exception {
    azure.with(AzureSamples.goodVm(AzureSamples.VM));
    azure.deeds =
        deed ->
            () ->
                new AzureAnswer.NotTold<>(
                    AzureSamples.trouble(Trouble.Kind.OTHER, AzureCall.RESTART_VM));
    Tool tool = tool();
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      Tool.Result refused = rehearse(tool, daemon, "reboot");
      assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
      assertThat(refused.out()).contains("Azure did not do it: ");

      Tool.Result noSpot = rehearse(tool, daemon, "preempt");
      assertThat(noSpot.code()).isEqualTo(ExitCode.FAILED);
      assertThat(noSpot.err()).contains("is no Spot VM. Nothing was done.");
      assertThat(azure.done).containsExactly("RESTART vm_0");
    }
  }

  private static Tool.Result rehearse(Tool tool, LiveDaemon daemon, String event) {
    return rehearse(tool, daemon, event, VM);
  }

  private static Tool.Result rehearse(Tool tool, LiveDaemon daemon, String event, String vm) {
    return tool.run(
        "azure",
        "rehearse",
        "--vm",
        vm,
        "--event",
        event,
        "--i-know-this-restarts-it",
        "--limit",
        "60s",
        "--config",
        daemon.configuration());
  }
}
