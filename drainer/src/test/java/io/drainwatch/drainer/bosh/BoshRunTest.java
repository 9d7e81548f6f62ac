package io.drainwatch.drainer.bosh;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.bosh.BoshRun.StepResult;
import io.drainwatch.drainer.bosh.BoshSequence.Step;
import io.drainwatch.drainer.maintenance.Hook;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way out of service and back (drain-scripts.md 3.2), in real processes. */
@Timeout(60)
class BoshRunTest {

  private BoshFixture bosh;

  @BeforeEach
  void makeTree(@TempDir Path temporary) {
    bosh = new BoshFixture(temporary);
    for (String job : List.of("a", "b")) {
      for (BoshScript kind : BoshScript.values()) {
        bosh.script(job, kind, "echo " + kind.word() + " >> order; echo 0");
      }
    }
    Path command = bosh.scripts.script(bosh.base, "command", "echo \"command $*\" >> order");
    bosh.with(it -> it.stop(List.of(List.of(command.toString(), "one", "$(two) three"))));
  }

  @Test
  void drainsInOrder() throws Exception {
    assertThat(drain())
        .containsExactly(
            well(new Step.Scripts(BoshScript.PRE_STOP)),
            well(new Step.Scripts(BoshScript.DRAIN)),
            well(new Step.StopCommands()),
            well(new Step.Scripts(BoshScript.POST_STOP)));
    assertThat(order())
        .containsExactly(
            "pre-stop",
            "pre-stop",
            "drain",
            "drain",
            "command one $(two) three",
            "post-stop",
            "post-stop");
  }

  @Test
  void comesBackInOrder() throws Exception {
    assertThat(run().restore())
        .containsExactly(
            well(new Step.Scripts(BoshScript.PRE_START)),
            well(new Step.StartCommands()),
            well(new Step.Scripts(BoshScript.POST_START)));
    assertThat(order())
        .containsExactly(
            "pre-start", "pre-start", "command one $(two) three", "post-start", "post-start");
  }

  @Test
  @DisplayName("B39 skip-drain: no pre-stop, no drain; stop, post-stop in order")
  void skipsDrain() throws Exception {
    bosh.with(it -> it.skipDrain("*"));
    drain();
    assertThat(order()).containsExactly("command one $(two) three", "post-stop", "post-stop");
  }

  @Test
  @DisplayName("B47 pre-stop exits 1: stop aborted, `pre-stop scripts failed`")
  void failedPreStopEndsTheWay() throws Exception {
    bosh.script("a", BoshScript.PRE_STOP, "exit 1");
    assertThat(drain())
        .containsExactly(
            new StepResult(
                new Step.Scripts(BoshScript.PRE_STOP),
                Optional.of(
                    "1 of 2 pre-stop scripts failed. Failed Jobs: a. Successful Jobs: b.")));
    assertThat(order()).containsExactly("pre-stop");
  }

  @Test
  void failedDrainKeepsPostStopFromRunning() throws Exception {
    bosh.drain("a", "exit 1");
    assertThat(drain()).hasSize(2);
    assertThat(order()).doesNotContain("post-stop", "command one $(two) three");
  }

  @Test
  void failedCommandKeepsTheRestFromRunning() throws Exception {
    Path fails = bosh.scripts.script(bosh.base, "fails", "exit 3");
    Path never = bosh.scripts.script(bosh.base, "never", "echo never >> order");
    bosh.with(it -> it.stop(List.of(List.of(fails.toString()), List.of(never.toString()))));

    assertThat(drain().getLast())
        .isEqualTo(
            new StepResult(
                new Step.StopCommands(),
                Optional.of("bosh.stop: " + fails + " failed: exited with code 3")));
    assertThat(order()).doesNotContain("post-stop", "never");
  }

  @Test
  void endReachesWhatCannotBeCancelled() throws Exception {
    bosh.fifo("ready");
    bosh.script("a", BoshScript.PRE_STOP, "echo x > ready; sleep 60");
    BoshRun run = run();
    CompletableFuture<List<StepResult>> results =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run.drain(BoshFixture.UPDATE, BoshFixture.KEEP);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(bosh.read("ready")).isEqualTo("x\n");

    assertThat(run.cancel()).isPresent();
    assertThat(results.isDone()).isFalse();
    run.end();

    assertThat(results.join())
        .singleElement()
        .satisfies(it -> assertThat(it.failure()).isPresent());
  }

  @Test
  void nothingBeginsOnceItIsCancelled() throws Exception {
    BoshRun run = run();
    run.cancel();
    assertThat(run.drain(BoshFixture.UPDATE, BoshFixture.KEEP)).hasSize(1);
    assertThat(bosh.calls()).isEmpty();
    assertThat(bosh.work().resolve("order")).doesNotExist();
  }

  @Test
  void runsWhatBelongsToOneHook() throws Exception {
    for (Hook hook : List.of(Hook.DRAIN, Hook.PRE_START, Hook.RUNNING)) {
      run().inHook(hook, BoshFixture.UPDATE, BoshFixture.KEEP);
    }
    assertThat(order())
        .containsExactly(
            "drain",
            "drain",
            "command one $(two) three",
            "pre-start",
            "pre-start",
            "command one $(two) three");
  }

  @Test
  void eachCallHasVariablesOfItsOwn() throws Exception {
    bosh.drain("a", "echo $((CALL - 2))");
    RunSurroundings all = bosh.surroundings();
    RunSurroundings told =
        new RunSurroundings(
            all.settings(),
            all.runner(),
            all.calls(),
            (hook, job, call) ->
                Map.of("TOLD", hook.word() + " " + job, "CALL", String.valueOf(call)),
            all.clock(),
            all.deadline(),
            all.inEarnest(),
            all.grace(),
            all.pause(),
            all.listener(),
            all.output());

    new BoshRun(bosh.tree(), told).inHook(Hook.DRAIN, BoshFixture.UPDATE, BoshFixture.KEEP);

    assertThat(bosh.calls())
        .filteredOn(call -> call.job().equals("a"))
        .extracting(call -> call.variables().get("TOLD") + " " + call.variables().get("CALL"))
        .containsExactly("drain a 1", "drain a 2");
  }

  @Test
  void eachScriptHasItsHook() {
    for (BoshScript script : BoshScript.values()) {
      assertThat(script.hook().word()).isEqualTo(script.word());
      assertThat(BoshScript.of(script.hook())).contains(script);
    }
    assertThat(BoshScript.of(Hook.RUNNING)).isEmpty();
  }

  private List<StepResult> drain() throws InterruptedException {
    return run().drain(BoshFixture.UPDATE, BoshFixture.KEEP);
  }

  private BoshRun run() {
    return new BoshRun(bosh.tree(), bosh.surroundings());
  }

  private List<String> order() {
    return bosh.read("order").lines().toList();
  }

  private static StepResult well(Step step) {
    return new StepResult(step, Optional.empty());
  }
}
