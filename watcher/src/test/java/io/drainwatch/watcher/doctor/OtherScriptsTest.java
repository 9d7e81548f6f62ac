package io.drainwatch.watcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.BoshTree;
import io.drainwatch.drainer.bosh.ExitCodeRule;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import io.drainwatch.drainer.scripts.ScriptNames;
import io.drainwatch.drainer.slipstream.SlipStreamDirectory;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import io.drainwatch.watcher.doctor.Finding.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of BOSH's jobs and SlipStream's hooks, from real directories. */
class OtherScriptsTest {
  @TempDir Path directory;
  private ScriptFixtures scripts;
  private Path base;
  private List<String> jobs = List.of();
  private List<String> skipDrain = List.of();
  private List<List<String>> stop = List.of();

  @BeforeEach
  void places() {
    scripts = ScriptFixtures.in(directory);
    base = scripts.root().resolve("vcap");
  }

  private Path script(String job, String name) {
    return scripts.script(base.resolve("jobs").resolve(job).resolve("bin"), name, "echo 0");
  }

  private List<Finding> bosh() {
    BoshSettings settings =
        new BoshSettings(
            true,
            base,
            jobs,
            skipDrain,
            true,
            ExitCodeRule.STRICT,
            Duration.ofDays(1),
            true,
            stop,
            List.of(),
            BoshSettings.DEFAULT_COMMAND_LIMIT);
    return OtherScriptsLook.at(settings, new BoshTree(settings, scripts.safetyCheck()))
        .map(BoshCheck::of)
        .orElseThrow();
  }

  private List<Finding> slipstream() {
    SlipStreamSettings on = SlipStreamSettings.defaults();
    SlipStreamSettings settings =
        new SlipStreamSettings(
            true, base, on.names(), on.actions(), on.exitCode(), on.drainVariables());
    return OtherScriptsLook.at(
            settings, new SlipStreamDirectory(base, ScriptNames.ANY::skips, scripts.safetyCheck()))
        .map(SlipStreamCheck::of)
        .orElseThrow();
  }

  private static void only(List<Finding> findings, Result result, String... texts) {
    assertThat(findings)
        .filteredOn(finding -> finding.result() != Result.OK)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.result()).isEqualTo(result);
              assertThat(finding.text()).contains(texts);
              assertThat(finding.advice()).isNotEmpty();
            });
  }

  @Test
  void nothingIsLookedAtWhereTheModesAreOff() {
    BoshSettings bosh = BoshSettings.off();
    SlipStreamSettings slipstream = SlipStreamSettings.off();
    assertThat(OtherScriptsLook.at(bosh, new BoshTree(bosh))).isEmpty();
    assertThat(
            OtherScriptsLook.at(
                slipstream,
                new SlipStreamDirectory(base, ScriptNames.ANY::skips, scripts.safetyCheck())))
        .isEqualTo(Optional.empty());
  }

  @Test
  void aBaseThatIsNotThereIsAWarning() {
    jobs = List.of("web");
    assertThat(bosh()).hasSize(1);
    only(bosh(), Result.WARNING, "no directory " + base);
  }

  @Test
  void aTreeWithoutScriptsIsAWarning() throws IOException {
    Files.createDirectories(base.resolve("jobs"));
    only(bosh(), Result.WARNING, "no jobs in " + base.resolve("jobs"), "no script");
  }

  @Test
  void jobsAndTheirScriptsAreCounted() {
    script("web", "drain");
    script("db", "drain");
    script("db", "pre-stop");
    assertThat(bosh())
        .singleElement()
        .isEqualTo(
            Finding.ok(
                "bosh", "2 jobs in " + base.resolve("jobs") + "; to be run: 1 pre-stop, 2 drain"));
  }

  @Test
  void aJobsScriptThatIsRefusedIsAProblemWithItsReason() throws IOException {
    script("web", "drain");
    Path open = script("db", "drain");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    only(bosh(), Result.PROBLEM, open.toString(), "refused: ", "writable");
    assertThat(bosh()).anyMatch(finding -> finding.text().endsWith("to be run: 1 drain"));
  }

  @Test
  void aJobThatIsNamedAndNotThereIsSaidOnce() {
    script("web", "drain");
    jobs = List.of("web", "wbe");
    only(bosh(), Result.WARNING, "job wbe skipped: there is no such job");
    assertThat(bosh().getFirst().text()).startsWith("1 job in ");
  }

  @Test
  void skipDrainOfAJobThatIsNotThereIsAWarning() {
    script("web", "drain");
    skipDrain = List.of("*", "wbe");
    script("web", "post-stop");
    only(bosh(), Result.WARNING, "skip-drain names wbe");
    assertThat(bosh().getFirst().text()).endsWith("to be run: 1 post-stop");
  }

  @Test
  void aCommandThatIsNotThereIsAProblem() {
    Path there = script("web", "drain");
    stop = List.of(List.of(there.toString()), List.of(base.resolve("monit").toString(), "stop"));
    only(bosh(), Result.PROBLEM, base.resolve("monit") + ", which is missing");
  }

  @Test
  void aDirectoryOfHooksThatIsNotThereIsAWarning() {
    only(slipstream(), Result.WARNING, "no directory " + base);
  }

  @Test
  void aDirectoryWithoutHooksIsAWarning() {
    scripts.script(base, "before-scale", "true");
    only(slipstream(), Result.WARNING, "no script to be run in " + base);
  }

  @Test
  void hooksAreCountedAndWhatIsRefusedIsAProblem() throws IOException {
    scripts.script(base, "postscale", "true");
    scripts.script(base.resolve("prescale"), "10-a", "true");
    Path noInterpreter = scripts.file(base.resolve("prescale"), "20-b", "true\n");
    assertThat(slipstream().getFirst().text())
        .isEqualTo(base + "; to be run: 1 prescale, 1 postscale");
    only(slipstream(), Result.PROBLEM, "prescale: " + noInterpreter, "refused: ");

    Files.delete(noInterpreter);
    Files.writeString(base.resolve("prescale/30-c"), "#!/bin/sh\n");
    only(slipstream(), Result.WARNING, "30-c", "not executable");
  }
}
