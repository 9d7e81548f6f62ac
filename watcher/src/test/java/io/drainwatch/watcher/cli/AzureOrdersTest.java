package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureCall;
import io.drainwatch.watcher.azure.AzureSamples;
import io.drainwatch.watcher.azure.Operation;
import io.drainwatch.watcher.azure.PlayedAzure;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.Trouble;
import io.drainwatch.watcher.simulator.platform.EventPlan;
import io.drainwatch.watcher.simulator.platform.Impact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Maintenance and rehearsal: what is ordered of Azure, and followed, beside a daemon that drains.
 */
@Timeout(120)
class AzureOrdersTest {
  private static final String VM = AzureSamples.VM.path();

  @TempDir Path directory;
  private final PlayedAzure azure = new PlayedAzure();

  private Tool tool() {
    return Tool.in(directory).with(azure);
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
    azure.with(AzureSamples.withVmId(AzureSamples.maintained(other), "another-id"));
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
