package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureCall;
import io.drainwatch.watcher.azure.AzureSamples;
import io.drainwatch.watcher.azure.GraphEvent;
import io.drainwatch.watcher.azure.PlayedAzure;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.ScaleSetMember;
import io.drainwatch.watcher.azure.Trouble;
import java.nio.file.Path;
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
}
