package io.drainwatch.drainer.slipstream;

import static io.drainwatch.drainer.slipstream.ScalingBench.peers;
import static io.drainwatch.drainer.slipstream.ScalingBench.resource;
import static io.drainwatch.drainer.slipstream.ScalingBench.west;
import static io.drainwatch.drainer.slipstream.SlipStreamHook.ON_VM_ADD;
import static io.drainwatch.drainer.slipstream.SlipStreamHook.ON_VM_REMOVE;
import static io.drainwatch.drainer.slipstream.SlipStreamHook.POST_SCALE;
import static io.drainwatch.drainer.slipstream.SlipStreamHook.PRE_SCALE;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome.Exited;
import io.drainwatch.drainer.slipstream.ScalingBench.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** R1 to R3: scripts that behave as those of SlipStream's README, in real shells. */
@Timeout(60)
class SampleScriptsTest {
  private static final String EMPTY_LOOP = "    # nothing yet\n";

  private ScalingBench bench;

  @BeforeEach
  void makeDirectories(@TempDir Path temporary) {
    bench = new ScalingBench(temporary);
  }

  private void peersScript(SlipStreamHook hook, String text) {
    bench.scripts.file(bench.home(), hook.word(), text);
  }

  private static String mended() {
    String text = resource("peers.bash");
    assertThat(text).contains(EMPTY_LOOP);
    return text.replace(EMPTY_LOOP, "    :\n");
  }

  @ParameterizedTest(name = "R1 {0} that bash refuses is a failure that is logged in both modes")
  @EnumSource(names = {"ON_VM_ADD", "ON_VM_REMOVE"})
  void bashRefusesAnEmptyLoop(SlipStreamHook hook) {
    peersScript(hook, resource("peers.bash"));

    Ran ran = bench.run(peers(hook, "B", "1"));

    assertThat(ran.outcome()).isEqualTo(new Exited(2));
    assertThat(ran.stdout()).isEmpty();
    assertThat(ran.stderr().getFirst()).contains("syntax error near unexpected token `done'");
    assertThat(ScalingExitCode.STRICT.judge(ran.outcome()))
        .isEqualTo(new ScriptOutcome.Unacceptable("exit code 2"));
    assertThat(ScalingExitCode.IGNORE.judge(ran.outcome()))
        .isEqualTo(new ScriptOutcome.Tolerated(2));
  }

  @ParameterizedTest(name = "R1 mended, of node {0}: silent, exit code 0")
  @CsvSource({"A", "C"})
  void isSilentForTheOtherNodes(String node) {
    peersScript(ON_VM_REMOVE, mended());
    assertThat(bench.run(peers(ON_VM_REMOVE, node, "1", "2")))
        .isEqualTo(new Ran(new Exited(0), List.of(), List.of()));
  }

  @Test
  @DisplayName("R1 mended, of node B with an ss-get: three lines for each VM")
  void printsThreeLinesForEachVm() {
    peersScript(ON_VM_ADD, mended());
    bench.scripts.script(bench.bin(), "ss-get", "echo \"value-of-$1\"");

    Ran ran = bench.run(peers(ON_VM_ADD, "B", "1", "4"));

    assertThat(ran.outcome()).isEqualTo(new Exited(0));
    assertThat(ran.stdout())
        .containsExactly(
            "Processing B.1",
            "address of B.1: value-of-B.1:hostname",
            "B.1 is ready: value-of-B.1:ready",
            "Processing B.4",
            "address of B.4: value-of-B.4:hostname",
            "B.4 is ready: value-of-B.4:ready");
  }

  @Test
  @DisplayName("R1 mended, of node B without ss-get: ends at the first VM with exit code 127")
  void endsWithoutSsGet() {
    peersScript(ON_VM_ADD, mended());

    Ran ran = bench.run(peers(ON_VM_ADD, "B", "1", "4"));

    assertThat(ran.outcome()).isEqualTo(new Exited(127));
    assertThat(ran.stdout()).containsExactly("Processing B.1");
  }

  @ParameterizedTest(name = "R2 Pre-Scale for {0} prints {1}")
  @CsvSource({
    "VM_REMOVE, Before VM remove",
    "VM_RESIZE, Before VM resize",
    "DISK_ATTACH, Before disk attach",
    "DISK_DETACH, Before disk detach"
  })
  void tellsBefore(ScalingAction action, String line) {
    bench.scripts.file(bench.home(), "prescale", resource("prescale.sh"));
    assertThat(bench.run(west(PRE_SCALE, action)))
        .isEqualTo(new Ran(new Exited(0), List.of(line), List.of()));
  }

  @ParameterizedTest(name = "R3 Post-Scale for {0} prints {1}")
  @CsvSource({
    "VM_RESIZE, After VM resize",
    "DISK_ATTACH, After disk attach",
    "DISK_DETACH, After disk detach"
  })
  void tellsAfter(ScalingAction action, String line) {
    bench.scripts.file(bench.home(), "postscale", resource("postscale.sh"));
    assertThat(bench.run(west(POST_SCALE, action)))
        .isEqualTo(new Ran(new Exited(0), List.of(line), List.of()));
  }

  @ParameterizedTest(name = "{0} is silent and ends with 0 when the action is none it knows")
  @CsvSource({"R2 Pre-Scale, prescale.sh", "R3 Post-Scale, postscale.sh"})
  void isSilentElse(String row, String script) {
    bench.scripts.file(bench.home(), "onvmremove", resource(script)); // its action is empty
    assertThat(bench.run(peers(ON_VM_REMOVE, "west", "0")))
        .as(row)
        .isEqualTo(new Ran(new Exited(0), List.of(), List.of()));
  }
}
