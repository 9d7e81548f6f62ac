package io.drainwatch.drainer.slipstream;

import static io.drainwatch.drainer.slipstream.ScalingBench.west;
import static io.drainwatch.drainer.slipstream.SlipStreamHook.PRE_SCALE;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Contract;
import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.Refusal;
import io.drainwatch.drainer.scripts.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SlipStreamDirectoryTest {
  private static final ScalingOccasion RESIZE = west(PRE_SCALE, ScalingAction.VM_RESIZE);

  private ScalingBench bench;

  @BeforeEach
  void makeDirectories(@TempDir Path temporary) {
    bench = new ScalingBench(temporary);
  }

  private List<PlannedScript> planned() {
    return bench.directory().list(PRE_SCALE).planned(RESIZE);
  }

  @ParameterizedTest
  @EnumSource(SlipStreamHook.class)
  void findsNothingWhereNothingIs(SlipStreamHook hook) throws IOException {
    assertThat(bench.directory().list(hook).targets()).isEmpty();
    Files.createDirectories(bench.home());
    assertThat(bench.directory().list(hook).targets()).isEmpty();
  }

  @Test
  void takesAFileAsTheScript() {
    Path script = bench.hook(PRE_SCALE, "exit 0");
    assertThat(planned())
        .containsExactly(PlannedScript.runs("slipstream/prescale/vm_resize", Contract.SLIPSTREAM));
    assertThat(bench.directory().pathOf(RESIZE.script(Optional.empty()))).isEqualTo(script);
  }

  @Test
  void takesTheFilesOfADirectoryInTheOrderOfTheirBytes() {
    for (String name : List.of("a", "B", "2-a", "10-b", "10-b~")) {
      bench.subTarget(PRE_SCALE, name, "exit 0");
    }
    assertThat(planned())
        .extracting(PlannedScript::name)
        .containsExactly(
            "slipstream/prescale/vm_resize/10-b",
            "slipstream/prescale/vm_resize/2-a",
            "slipstream/prescale/vm_resize/B",
            "slipstream/prescale/vm_resize/a");
    assertThat(bench.directory().list(PRE_SCALE).warnings()).isEmpty();
  }

  @Test
  void runsTheNextSubTargetAfterOneThatFailed() {
    bench.subTarget(PRE_SCALE, "1", "exit 1");
    bench.scripts.file(bench.home().resolve("prescale"), "2", "no interpreter line");
    bench.subTarget(PRE_SCALE, "3", "echo three");

    List<ScalingBench.Ran> ran = bench.run(RESIZE, Map.of());

    assertThat(ran.get(0).outcome()).isEqualTo(new ScriptOutcome.Exited(1));
    assertThat(ran.get(1).outcome()).isInstanceOf(ScriptOutcome.NotStarted.class);
    assertThat(ran.get(2).stdout()).containsExactly("three");
  }

  @Test
  @DisplayName("SS08 a file that is not executable, in the hook's own place, is refused")
  void refusesAHookThatIsNotExecutable() throws IOException {
    mode(bench.hook(PRE_SCALE, "exit 0"), "rw-r--r--");
    assertThat(planned())
        .singleElement()
        .satisfies(script -> assertThat(script.refusal().orElse("")).contains("not executable"));
  }

  @Test
  void leavesOutASubTargetThatIsNotExecutableWithAWarning() throws IOException {
    mode(bench.subTarget(PRE_SCALE, "README", "exit 0"), "rw-r--r--");
    bench.subTarget(PRE_SCALE, "10-a", "exit 0");

    SlipStreamListing listing = bench.directory().list(PRE_SCALE);

    assertThat(listing.scripts())
        .extracting(SlipStreamListing.Target::subTarget)
        .containsExactly(Optional.of("10-a"));
    assertThat(listing.warnings())
        .extracting(SlipStreamListing.Target::subTarget)
        .containsExactly(Optional.of("README"));
  }

  @Test
  void refusesWhatIsNotSafeAndListsTheRest() throws IOException {
    mode(bench.subTarget(PRE_SCALE, "1-open", "exit 0"), "rwxrwxrwx");
    Path place = bench.home().resolve("prescale");
    Files.createDirectory(place.resolve("2-directory"));
    Files.createSymbolicLink(place.resolve("3-dangling"), place.resolve("gone"));
    Files.createSymbolicLink(place.resolve("4-masked"), Path.of("/dev/null"));
    bench.subTarget(PRE_SCALE, "5-good", "exit 0");

    assertThat(bench.directory().list(PRE_SCALE).targets())
        .extracting(target -> target.entry().verdict())
        .satisfiesExactly(
            verdict -> assertThat(reason(verdict)).contains(Refusal.Reason.WRITABLE_BY_OTHERS),
            verdict -> assertThat(reason(verdict)).contains(Refusal.Reason.NOT_A_REGULAR_FILE),
            verdict -> assertThat(reason(verdict)).contains(Refusal.Reason.NOT_A_REGULAR_FILE),
            verdict -> assertThat(verdict).isInstanceOf(Verdict.Masked.class),
            verdict -> assertThat(verdict).isInstanceOf(Verdict.Runs.class));
    assertThat(planned()).hasSize(4);
  }

  @Test
  void refusesADanglingLinkInTheHooksPlaceAndTakesOneToNullForNothing() throws IOException {
    Path place = Files.createDirectories(bench.home()).resolve("prescale");
    Files.createSymbolicLink(place, place.resolveSibling("gone"));
    assertThat(planned()).singleElement().matches(script -> script.refusal().isPresent());
    Files.delete(place);
    Files.createSymbolicLink(place, Path.of("/dev/null"));
    assertThat(planned()).isEmpty();
  }

  private static Optional<Refusal.Reason> reason(Verdict verdict) {
    return verdict instanceof Verdict.Refused(Refusal refusal)
        ? Optional.of(refusal.reason())
        : Optional.empty();
  }

  private static void mode(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
