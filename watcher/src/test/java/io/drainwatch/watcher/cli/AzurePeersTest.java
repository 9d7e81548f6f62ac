package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drainwatch.drainer.maintenance.Group;
import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import io.drainwatch.watcher.azure.AzureSamples;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.PlayedAzure;
import io.drainwatch.watcher.azure.ScaleSetInstance;
import io.drainwatch.watcher.azure.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command that a timer runs, before a real daemon with real scripts. */
@Timeout(120)
class AzurePeersTest {
  private static final String SET = AzureSamples.SET.path();

  @TempDir Path directory;
  private final PlayedAzure azure = new PlayedAzure();
  private Path own;
  private Tool tool;

  /** Below the build directory: a temporary directory is world-writable, no script there is run. */
  @BeforeEach
  void makeTool() throws IOException {
    own = Files.createTempDirectory(Path.of("target").toRealPath(), "peers");
    tool = Tool.in(own).with(azure);
  }

  @AfterEach
  void removeScripts() throws IOException {
    try (Stream<Path> paths = Files.walk(own)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void there(String... names) {
    azure.instances.put(
        SET, Stream.of(names).map(name -> instance(name, AzureVm.Power.RUNNING)).toList());
  }

  private static ScaleSetInstance instance(String name, AzureVm.Power power) {
    return new ScaleSetInstance(name, "id-of-" + name, "Succeeded", power, Optional.empty());
  }

  private Tool.Result peers(LiveDaemon daemon, Object... more) {
    return tool.run(
        Stream.concat(
                Stream.of("azure", "peers", "--config", daemon.configuration()), Stream.of(more))
            .toArray());
  }

  private static List<String> known(LiveDaemon daemon) {
    return daemon.watch().peers().group().stream()
        .flatMap(group -> group.known().stream())
        .map(Group.Known::vmName)
        .toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("SS06 SS08 On VM Add on a plain VM: a call for each group, once, over restarts")
  void peersOfTheScaleSetAreToldOfOnce() throws Exception {
    Path calls = own.resolve("calls");
    ScriptFixtures scripts = tool.scripts();
    Path script =
        scripts.script(
            scripts.root().resolve("slipstream"),
            "onvmadd",
            "echo \"$SLIPSTREAM_SCALING_NODE: $SLIPSTREAM_SCALING_VMS\" >> " + calls);
    scripts.script(scripts.operator().resolve("peer-added"), "10-lb", "echo \"lb $2\" >> " + calls);
    Optional<String> refusal = SafetyCheck.full().refuses(script).map(Object::toString);
    assumeTrue(refusal.isEmpty(), () -> "scripts cannot be run from here: " + refusal);
    String[] slipStream = {
      "  slipstream:", "    enabled: true", "    dir: " + script.getParent(),
    };

    try (LiveDaemon daemon = LiveDaemon.of(tool, slipStream)) {
      there("west_0", "vm_0");
      assertThat(peers(daemon, "--vmss", SET).code()).isEqualTo(ExitCode.OK);
      there("west_0", "vm_0", "west_1", "east_1", "west_2");
      assertThat(peers(daemon, "--vmss", SET).code()).isEqualTo(ExitCode.OK);
      assertThat(peers(daemon, "--vmss", SET).code()).isEqualTo(ExitCode.OK);
      await().until(() -> daemon.watch().peers().isIdle());
      await().until(() -> lines(calls).size() >= 5);
    }
    try (LiveDaemon daemon = LiveDaemon.of(tool, slipStream)) {
      assertThat(peers(daemon, "--vmss", SET).code()).isEqualTo(ExitCode.OK);
      there("west_0", "vm_0", "west_1", "east_1", "west_2", "north_1");
      assertThat(peers(daemon, "--vmss", SET).code()).isEqualTo(ExitCode.OK);
      await().until(() -> lines(calls).contains("north: north.1"));
    }

    assertThat(lines(calls))
        .containsExactly(
            "lb west_1",
            "lb east_1",
            "lb west_2",
            "west: west.1 west.2",
            "east: east.1",
            "lb north_1",
            "north: north.1");
  }

  @Test
  void saysWhatItTold() throws Exception {
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      azure.instances.put(
          SET,
          List.of(
              instance("vm_0", AzureVm.Power.RUNNING),
              instance("vm_1", AzureVm.Power.UNKNOWN),
              instance("vm_2", AzureVm.Power.DEALLOCATED)));

      assertThat(peers(daemon, "--vmss", SET))
          .isEqualTo(
              new Tool.Result(
                  ExitCode.OK,
                  "Told the daemon who is in its scale set: vm_0, vm_1; not up: vm_2."
                      + " See: drainwatch status\n",
                  ""));
      assertThat(known(daemon)).containsExactly("vm_1");
    }
  }

  @ParameterizedTest
  @EnumSource(Trouble.Kind.class)
  void tellsNothingOfAListThatWasNotToBeHad(Trouble.Kind kind) throws Exception {
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      there("vm_0", "vm_1");
      peers(daemon, "--vmss", SET);
      azure.trouble = Optional.of(kind);

      Tool.Result result = peers(daemon, "--vmss", SET);

      assertThat(result.code()).isIn(ExitCode.FAILED, ExitCode.NO_DAEMON);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("Listing the instances of scale set pool");
      assertThat(known(daemon)).containsExactly("vm_1");
    }
  }

  @Test
  void tellsNothingOfAnotherScaleSet() throws Exception {
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      there("west_0", "west_1");

      Tool.Result result = peers(daemon, "--vmss", SET);

      assertThat(result.code()).isEqualTo(ExitCode.FAILED);
      assertThat(result.err())
          .isEqualTo(
              "The daemon refuses: this VM, vm_0, is not in the list, so it is another group's or"
                  + " not whole.\n");
      assertThat(daemon.watch().peers().group()).isEmpty();
    }
  }

  @Test
  void tellsNothingOfMoreThanTheDaemonKeepsInMind() throws Exception {
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      there(
          IntStream.rangeClosed(0, Group.MOST_MEMBERS + 1)
              .mapToObj(i -> "vm_" + i)
              .toArray(String[]::new));

      assertThat(peers(daemon, "--vmss", SET).err()).contains("502 instances", "told nothing");
      assertThat(daemon.watch().peers().group()).isEmpty();
    }
  }

  @Test
  void findsTheScaleSetOfAVm() throws Exception {
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      there("vm_0", "vm_1");
      azure.with(AzureSamples.goodVm(AzureSamples.VM));

      assertThat(peers(daemon, "--vm", AzureSamples.SET.instance("0").path()).code())
          .isEqualTo(ExitCode.OK);
      assertThat(peers(daemon, "--vm", AzureSamples.VM.path()).err())
          .contains("is in no scale set", "told nothing");
      assertThat(peers(daemon).err())
          .as("which the metadata service names")
          .startsWith("Reading VM vm_0 ");
    }
  }

  @Test
  void takesTheTokenFromAnotherFile() throws Exception {
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      there("vm_0", "vm_1");
      Path elsewhere =
          Files.copy(tool.stateDirectory().resolve("token"), directory.resolve("credential"));
      Files.delete(tool.stateDirectory().resolve("token"));

      assertThat(peers(daemon, "--vmss", SET).code()).isEqualTo(ExitCode.FAILED);
      assertThat(peers(daemon, "--vmss", SET, "--token-file", elsewhere).code())
          .isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void saysThatThereIsNoDaemonAndWhichArgumentsAreWrong() {
    there("vm_0", "vm_1");
    Object[] alone = {"azure", "peers", "--config", tool.configuration(), "--vmss", SET};
    assertThat(tool.run(alone).code()).isEqualTo(ExitCode.NO_DAEMON);

    String vm = AzureSamples.VM.path();
    assertThat(tool.run("azure", "peers", "--vmss", vm).code()).isEqualTo(ExitCode.USAGE);
    assertThat(tool.run("azure", "peers", "--vm", SET).code()).isEqualTo(ExitCode.USAGE);
    assertThat(tool.run("azure", "peers", "--vm", vm, "--vmss", SET).code())
        .isEqualTo(ExitCode.USAGE);
  }
}
