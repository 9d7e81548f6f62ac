package io.drainwatch.drainer.bosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several jobs at once, real scripts in real processes. */
@Timeout(60)
class ParallelRunTest {

  private static final String TIDIES_UP_ON_TERM =
      "trap 'echo term >> %1$s; exit 0' TERM; echo ready >&2; while :; do sleep 0.1; done";

  private BoshFixture bosh;

  @BeforeEach
  void makeTree(@TempDir Path temporary) {
    bosh = new BoshFixture(temporary);
  }

  @Test
  @DisplayName("B17 no scripts: well")
  void nothingToDoIsWell() throws Exception {
    assertThat(bosh.drains().run().failure()).isEmpty();
  }

  @Test
  @DisplayName("B18 a job without the script: well")
  void missingScriptIsWell() throws Exception {
    Files.createDirectories(bosh.bin("fake-job-1"));
    assertThat(bosh.drains().run().failure()).isEmpty();
    assertThat(bosh.told(ScriptReport.Skipped.class)).hasSize(1);
  }

  @Test
  @DisplayName("B19 1 of 1 fails")
  void tellsOfTheOnlyOne() throws Exception {
    bosh.drain("fake-job-1", "exit 1");
    assertThat(bosh.drains().run().failure())
        .contains("1 of 1 drain scripts failed. Failed Jobs: fake-job-1.");
  }

  @Test
  @DisplayName("B20 2 of 2 fail: both named, no Successful")
  void tellsOfAll() throws Exception {
    bosh.drain("fake-job-1", "exit 1");
    bosh.drain("fake-job-2", "echo no number");
    assertThat(bosh.drains().run().failure())
        .contains("2 of 2 drain scripts failed. Failed Jobs: fake-job-1, fake-job-2.");
  }

  @Test
  @DisplayName("B21 the first fails late, the second is well: both are told, after waiting")
  void tellsOfBoth() throws Exception {
    bosh.drain("fake-job-1", "sleep 0.5; exit 1");
    bosh.drain("fake-job-2", "echo 0");
    assertThat(bosh.drains().run().failure())
        .contains(
            "1 of 2 drain scripts failed. Failed Jobs: fake-job-1. Successful Jobs: fake-job-2.");
  }

  @Test
  @DisplayName("B22 two scripts that need each other")
  void runsThemAtOnce() throws Exception {
    bosh.fifo("there");
    bosh.fifo("back");
    bosh.drain("a", "echo x > there; read x < back; echo 0");
    bosh.drain("b", "read x < there; echo x > back; echo 0");
    assertThat(bosh.drains().run().failure()).isEmpty();
  }

  @Test
  @DisplayName("B23 waits for the slow one")
  void waitsForAll() throws Exception {
    bosh.drain("a", "sleep 0.5; touch slow-done; echo 0");
    bosh.drain("b", "echo 0");
    assertThat(bosh.drains().run().failure()).isEmpty();
    assertThat(bosh.work().resolve("slow-done")).exists();
  }

  @Test
  @DisplayName("B24 cancel: no scripts, well")
  void cancelsNothing() {
    assertThat(bosh.drains().cancel()).isEmpty();
  }

  @Test
  @DisplayName("B25 cancel: one that cannot be cancelled is an error")
  void tellsWhatCannotBeCancelled() {
    bosh.script("a", BoshScript.PRE_STOP, "exit 0");
    assertThat(bosh.others(BoshScript.PRE_STOP).cancel())
        .hasValueSatisfying(why -> assertThat(why).contains("cannot be cancelled"));
  }

  @Test
  @DisplayName("B26 cancel: two that can are cancelled once each")
  void cancelsEachOnce() throws Exception {
    bosh.drain("a", TIDIES_UP_ON_TERM.formatted("a"));
    bosh.drain("b", TIDIES_UP_ON_TERM.formatted("b"));
    ParallelRun drains = bosh.drains();
    CompletableFuture<ParallelResult> result = inBackground(drains);
    bosh.awaitLines("ready", 2);

    assertThat(drains.cancel()).isEmpty();

    assertThat(result.join().failure()).contains("2 of 2 drain scripts failed. Failed Jobs: a, b.");
    assertThat(result.join().jobs().values())
        .containsOnly(
            new JobResult.Failed("Script was cancelled by user request: exited with code 0"));
    assertThat(bosh.read("a")).isEqualTo("term\n");
    assertThat(bosh.read("b")).isEqualTo("term\n");
  }

  @Test
  @DisplayName("B46 three jobs, two with a drain: both run")
  void runsThoseThatHaveOne() throws Exception {
    bosh.drain("a", "touch a-ran; echo 0");
    Files.createDirectories(bosh.bin("b"));
    bosh.drain("c", "touch c-ran; echo 0");

    ParallelResult result = bosh.drains().run();

    assertThat(result.failure()).isEmpty();
    assertThat(result.jobs()).containsOnlyKeys("a", "c");
    assertThat(bosh.work().resolve("a-ran")).exists();
    assertThat(bosh.work().resolve("c-ran")).exists();
  }

  @Test
  void refusedScriptCountsAsFailedAndTheOthersRun() throws Exception {
    Files.createDirectories(bosh.bin("a").resolve("drain"));
    bosh.drain("b", "echo 0");
    assertThat(bosh.drains().run().failure())
        .contains("1 of 2 drain scripts failed. Failed Jobs: a. Successful Jobs: b.");
    assertThat(bosh.told(ScriptReport.Over.class)).hasSize(2);
  }

  @Test
  void deadlineEndsEveryScript() throws Exception {
    bosh.grace = Duration.ofMillis(100);
    bosh.drain("a", "trap '' TERM; while :; do sleep 60; done");
    bosh.drain("b", "sleep 60; echo 0");
    bosh.deadline = bosh.clock.instant().plusMillis(500);
    assertThat(bosh.drains().run().failure())
        .contains("2 of 2 drain scripts failed. Failed Jobs: a, b.");
  }

  static CompletableFuture<ParallelResult> inBackground(ParallelRun run) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return run.run();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }
}
