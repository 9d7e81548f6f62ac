package io.drainwatch.drainer.slipstream;

import static io.drainwatch.drainer.slipstream.ScalingBench.peers;
import static io.drainwatch.drainer.slipstream.ScalingBench.west;
import static io.drainwatch.drainer.slipstream.SlipStreamHook.ON_VM_ADD;
import static io.drainwatch.drainer.slipstream.SlipStreamHook.ON_VM_REMOVE;
import static io.drainwatch.drainer.slipstream.SlipStreamHook.PRE_SCALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome.Exited;
import io.drainwatch.drainer.slipstream.ScalingBench.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script of SlipStream's gets, and how it is judged, with real processes. */
@Timeout(60)
class ScalingCallsTest {
  private static final ScalingOccasion RESIZE = west(PRE_SCALE, ScalingAction.VM_RESIZE);
  private static final String VARIABLES = "env | grep -E '^(SLIPSTREAM|DRAIN)_' | sort";

  private ScalingBench bench;

  @BeforeEach
  void makeDirectories(@TempDir Path temporary) {
    bench = new ScalingBench(temporary);
  }

  @Test
  @DisplayName("SS01 a Pre-Scale is told node, VMs, action and its own name")
  void isToldEverything() {
    bench.hook(PRE_SCALE, VARIABLES);
    assertThat(bench.run(RESIZE).stdout())
        .containsExactly(
            "SLIPSTREAM_NODE_INSTANCE_NAME=west.0",
            "SLIPSTREAM_SCALING_ACTION=vm_resize",
            "SLIPSTREAM_SCALING_NODE=west",
            "SLIPSTREAM_SCALING_VMS=west.0 west.1");
  }

  @ParameterizedTest(name = "SS07 {0}: a script is told {1} and {2}")
  @CsvSource({
    "west_1 west_0, west, west.1 west.0",
    "db, db, db.1",
    "app_a1b2c3d4, app_a1b2c3d4, app_a1b2c3d4.1"
  })
  void isToldNodeAndVms(String vms, String node, String told) {
    bench.hook(ON_VM_REMOVE, "echo \"$SLIPSTREAM_SCALING_NODE|$SLIPSTREAM_SCALING_VMS\"");
    ScalingGroup group = ScalingNames.byDefault().groups(List.of(vms.split(" ", -1))).getFirst();
    ScalingOccasion removal = new ScalingOccasion(ON_VM_REMOVE, group, Optional.empty(), "x.1");
    assertThat(bench.run(removal).stdout()).containsExactly(node + "|" + told);
  }

  @Test
  @DisplayName("SS05 On VM Remove has an action that is set and empty")
  void actionIsSetAndEmptyForPeersThatGo() {
    bench.hook(ON_VM_REMOVE, "echo \"${SLIPSTREAM_SCALING_ACTION-not set}|\"");
    assertThat(bench.run(peers(ON_VM_REMOVE, "west", "0")).stdout()).containsExactly("|");
  }

  @Test
  @DisplayName("SS06 On VM Add has an action that is set and empty, and no variable of a context")
  void actionIsSetAndEmptyForPeersThatCome() {
    bench.hook(ON_VM_ADD, "echo \"${SLIPSTREAM_SCALING_ACTION-not set}|${DRAIN_ID-not set}\"");
    assertThat(bench.run(peers(ON_VM_ADD, "west", "0"), Map.of("DRAIN_ID", "e1/vm")))
        .extracting(Ran::stdout)
        .containsExactly(List.of("|not set"));
  }

  @Test
  void hasTheContextBesideItUnlessSwitchedOff() {
    bench.hook(PRE_SCALE, "echo \"${DRAIN_ID-not set}\"");
    assertThat(bench.run(RESIZE, Map.of("DRAIN_ID", "e1/west_0")).getFirst().stdout())
        .containsExactly("e1/west_0");
    bench.settings =
        new SlipStreamSettings(
            true,
            bench.home(),
            ScalingNames.byDefault(),
            ScalingActions.OF_THE_TABLE,
            ScalingExitCode.STRICT,
            false);
    assertThat(bench.run(RESIZE, Map.of("DRAIN_ID", "e1/west_0")).getFirst().stdout())
        .containsExactly("not set");
  }

  @Test
  void hasNoArgumentsNoInputAHomeAndADirectoryOfItsOwn() throws IOException {
    bench.hook(
        PRE_SCALE, "echo \"$#\"; readlink /proc/self/fd/0; cat; echo \"$HOME\"; pwd; : > made");
    Ran ran = bench.run(RESIZE);
    assertThat(ran.outcome()).isEqualTo(new Exited(0));
    assertThat(ran.stdout())
        .containsExactly("0", "/dev/null", "/home/of/daemon", bench.work().toString());
    assertThat(bench.work().resolve("made")).exists();
    assertThat(Files.getPosixFilePermissions(bench.work()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void usesADirectoryThatIsThereAlready() throws IOException {
    bench.hook(PRE_SCALE, "cat kept");
    Files.createDirectories(bench.work());
    Files.setPosixFilePermissions(bench.work(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(bench.work().resolve("kept"), "as before\n");
    assertThat(bench.run(RESIZE).stdout()).containsExactly("as before");
  }

  @Test
  void doesNotRunInADirectoryThatOthersCanWriteTo() throws IOException {
    bench.hook(PRE_SCALE, "echo ran");
    Files.createDirectories(bench.work());
    Files.setPosixFilePermissions(bench.work(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(whyNotStarted()).contains("is writable by others: rwxrwxrwx");
  }

  @Test
  void doesNotRunWhereALinkLeads(@TempDir Path elsewhere) throws IOException {
    bench.hook(PRE_SCALE, "echo ran");
    Files.createDirectories(bench.work().getParent());
    Files.createSymbolicLink(bench.work(), elsewhere);
    assertThat(whyNotStarted()).contains("is no directory");
  }

  @Test
  void doesNotRunInSomebodyElsesDirectory() throws IOException {
    Files.createDirectories(bench.work());
    try {
      Files.setAttribute(bench.work(), "unix:uid", 4242);
    } catch (IOException e) {
      Assumptions.abort("only root can give a directory away");
    }
    bench.hook(PRE_SCALE, "echo ran");
    assertThat(whyNotStarted()).contains("belongs to uid 4242");
  }

  private String whyNotStarted() {
    Ran ran = bench.run(RESIZE);
    assertThat(ran.stdout()).isEmpty();
    return ran.outcome() instanceof ScriptOutcome.NotStarted(String why) ? why : "it was started";
  }

  private static ScalingOccasion ofSize(int vms, int nodeLength) {
    return new ScalingOccasion(
        PRE_SCALE,
        new ScalingGroup(
            "n".repeat(nodeLength), IntStream.range(0, vms).mapToObj(i -> "0000000").toList()),
        Optional.of(ScalingAction.VM_RESIZE),
        "west.0");
  }

  @Test
  void passesAListOfVmsAsLongAsLinuxTakes() {
    bench.hook(PRE_SCALE, "printf %s \"$SLIPSTREAM_SCALING_VMS\" | wc -c");
    // 1024 VMs of 119 + 1 + 7 bytes and a space between them: 131,071 bytes, 23 too many
    ScalingOccasion tooMuch = ofSize(1024, 119);
    ScalingOccasion fits = ofSize(1023, 119);
    assertThat(bench.run(fits).stdout()).containsExactly(String.valueOf(1023 * 128 - 1));
    assertThat(tooMuch.obstacle())
        .contains(
            "SLIPSTREAM_SCALING_VMS of the 1024 VMs of "
                + "n".repeat(119)
                + " has 131095 bytes, and Linux takes 131072");
    assertThat(bench.run(tooMuch).outcome()).isInstanceOf(ScriptOutcome.NotStarted.class);
    assertThat(bench.directory().list(PRE_SCALE).planned(tooMuch))
        .singleElement()
        .matches(script -> script.refusal().isPresent());
  }

  @Test
  void countsTheBytesOfAListToTheLastOne() {
    bench.hook(PRE_SCALE, "printf %s \"$SLIPSTREAM_SCALING_VMS\" | wc -c");
    int most = 131_072 - "SLIPSTREAM_SCALING_VMS=".length() - 1;
    ScalingOccasion full = ofSize(1, most - 8);
    assertThat(full.obstacle()).isEmpty();
    assertThat(bench.run(full).stdout()).containsExactly(String.valueOf(most));
    assertThat(ofSize(1, most - 7).obstacle()).isPresent();
  }

  @Test
  @DisplayName("SS08 exit 1: failed when strict, done and logged when ignored")
  void judgesAnExitCode() {
    bench.hook(PRE_SCALE, "exit 1");
    ProcessOutcome outcome = bench.run(RESIZE).outcome();
    assertThat(ScalingExitCode.STRICT.judge(outcome))
        .isEqualTo(new ScriptOutcome.Unacceptable("exit code 1"));
    assertThat(ScalingExitCode.IGNORE.judge(outcome)).isEqualTo(new ScriptOutcome.Tolerated(1));
  }

  @Test
  @DisplayName("SS08 a script that cannot be started has failed in both")
  void failsWhatCannotBeStarted() {
    bench.scripts.file(bench.home(), "prescale", "#!/no/such/interpreter\n");
    ProcessOutcome outcome = bench.run(RESIZE).outcome();
    for (ScalingExitCode mode : ScalingExitCode.values()) {
      assertThat(mode.judge(outcome)).isInstanceOf(ScriptOutcome.NotStarted.class);
    }
  }

  @Test
  @DisplayName("SS08 exit 0 is done, a script that was ended has failed, 75 means nothing here")
  void judgesTheRest() {
    for (ScalingExitCode mode : ScalingExitCode.values()) {
      assertThat(mode.judge(new Exited(0))).isEqualTo(new Exited(0));
      assertThat(mode.judge(new ScriptOutcome.Ended(true)))
          .isEqualTo(new ScriptOutcome.Ended(true));
      assertThat(mode.judge(new ScriptOutcome.Ended(false)))
          .isEqualTo(new ScriptOutcome.Ended(false));
    }
    assertThat(ScalingExitCode.STRICT.judge(new Exited(75)))
        .isEqualTo(new ScriptOutcome.Unacceptable("exit code 75"));
  }

  @Test
  void anActionGoesWithTheHooksOfTheVmNamedOnly() {
    ScalingGroup group = new ScalingGroup("west", List.of("0"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScalingOccasion(PRE_SCALE, group, Optional.empty(), "west.0"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ScalingOccasion(
                    ON_VM_ADD, group, Optional.of(ScalingAction.VM_RESIZE), "west.0"));
  }
}
