package io.drainwatch.drainer.bosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One drain, real scripts in real processes. */
@Timeout(60)
class DrainScriptTest {

  private static final String CANCELLED = "Script was cancelled by user request";
  private static final JobResult OK = new JobResult.Successful();

  private BoshFixture bosh;

  @BeforeEach
  void makeTree(@TempDir Path temporary) {
    bosh = new BoshFixture(temporary);
  }

  @Test
  @DisplayName("B01 B02 an update: one run, arguments, PATH and both states, nothing else")
  void runsAnUpdate() {
    bosh.drain("a", "echo \"$@\" >&2; env > env; readlink /proc/self/fd/0 >&2; echo 1");
    JobSpec old = BoshFixture.DISK_42.with(Map.of("foo", "1", "bar", "1"));
    JobSpec next = BoshFixture.DISK_42.with(Map.of("foo", "2", "bar", "2"));

    assertThat(bosh.drainOf("a", DrainParameters.update(old, next)).run()).isEqualTo(OK);

    assertThat(bosh.waits).containsExactly(Duration.ofSeconds(1));
    assertThat(bosh.lines()).containsSubsequence("job_changed hash_unchanged bar foo", "/dev/null");
    assertThat(bosh.calls())
        .singleElement()
        .satisfies(
            call ->
                assertThat(call.variables())
                    .containsOnly(
                        Map.entry("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"),
                        Map.entry("BOSH_JOB_STATE", "{\"persistent_disk\":42}"),
                        Map.entry("BOSH_JOB_NEXT_STATE", "{\"persistent_disk\":42}")));
    assertThat(bosh.read("env"))
        .contains("PATH=/usr/sbin:/usr/bin:/sbin:/bin\n")
        .contains("BOSH_JOB_STATE={\"persistent_disk\":42}\n")
        .contains("BOSH_JOB_NEXT_STATE={\"persistent_disk\":42}\n")
        .doesNotContain("DRAIN_");
  }

  @Test
  @DisplayName("B03 12: one sleep of 12 s, then done")
  void waitsForAStaticDrain() {
    bosh.drain("a", "echo 12");
    assertThat(bosh.drainOf("a").run()).isEqualTo(OK);
    assertThat(bosh.waits).containsExactly(Duration.ofSeconds(12));
  }

  @Test
  @DisplayName("B04 -5 -5 -5 0: four runs, sleeps 5 5 5 0, runs 2 to 4 with status parameters")
  void asksADynamicDrainAgain() {
    bosh.drain(
        "a",
        "echo \"$* ${BOSH_JOB_STATE-none} ${BOSH_JOB_NEXT_STATE-none}\" >> calls;"
            + " [ $(wc -l < calls) -gt 3 ] && echo 0 || echo -5");

    assertThat(bosh.drainOf("a").run()).isEqualTo(OK);

    String disk = "{\"persistent_disk\":42}";
    assertThat(bosh.read("calls").lines())
        .containsExactly(
            "job_changed hash_unchanged " + disk + " " + disk,
            "job_check_status hash_unchanged " + disk + " none",
            "job_check_status hash_unchanged " + disk + " none",
            "job_check_status hash_unchanged " + disk + " none");
    assertThat(bosh.waits).extracting(Duration::toSeconds).containsExactly(5L, 5L, 5L, 0L);
    assertThat(bosh.calls()).extracting(ScriptReport.Called::call).containsExactly(1, 2, 3, 4);
  }

  @Test
  @DisplayName("B05 white space around the integer does not count")
  void trimsAnswers() {
    bosh.drain("a", "[ -e called ] && printf ' 0  \\t\\n' || printf -- '-56\\n'; touch called");
    assertThat(bosh.drainOf("a").run()).isEqualTo(OK);
    assertThat(bosh.waits).extracting(Duration::toSeconds).containsExactly(56L, 0L);
  }

  @Test
  @DisplayName("B06 hello! is an error")
  void refusesText() {
    bosh.drain("a", "echo hello!");
    assertThat(failure(bosh.drainOf("a").run()))
        .isEqualTo("Script did not return a signed integer: it printed 'hello!'");
  }

  @ParameterizedTest(name = "B07 E02 exit 1 without output is an error (agent: {0})")
  @ValueSource(booleans = {true, false})
  void failsWithTheProcess(boolean agent) {
    if (agent) {
      bosh.with(it -> it.agent());
    }
    bosh.drain("a", "echo because >&2; exit 1");
    assertThat(failure(bosh.drainOf("a").run())).contains("exited with code 1");
    assertThat(bosh.lines()).containsExactly("because");
  }

  @Test
  @DisplayName("B08 B09 a state that cannot be had: its error, no run")
  void doesNotRunWithoutStates() {
    bosh.drain("a", "touch ran; echo 0");
    DrainParameters present =
        new DrainParameters(
            DrainParameters.JobChange.SHUTDOWN,
            DrainParameters.HashChange.UNCHANGED,
            List.of(),
            new JobState.CannotBeBuilt("no job state"),
            new JobState.NotSet());
    DrainParameters next =
        new DrainParameters(
            DrainParameters.JobChange.SHUTDOWN,
            DrainParameters.HashChange.UNCHANGED,
            List.of(),
            new JobState.NotSet(),
            new JobState.CannotBeBuilt("no next state"));

    assertThat(failure(bosh.drainOf("a", present).run())).isEqualTo("no job state");
    assertThat(failure(bosh.drainOf("a", next).run())).isEqualTo("no next state");
    assertThat(bosh.work().resolve("ran")).doesNotExist();
    assertThat(bosh.calls()).isEmpty();
  }

  @Test
  @DisplayName("B10 a state that is not known is not set, rather than empty")
  void leavesOutWhatIsNotKnown() {
    bosh.drain("a", "echo \"${BOSH_JOB_NEXT_STATE+set}\" >&2; echo 0");
    DrainParameters shutdown = DrainParameters.shutdown(BoshFixture.DISK_42, Optional.empty());
    assertThat(bosh.drainOf("a", shutdown).run()).isEqualTo(OK);
    assertThat(bosh.lines()).containsExactlyInAnyOrder("", "0");
  }

  @Test
  @DisplayName("B11 cancelled: that error, even if it prints 0 and exits 0 on TERM")
  void cancelledIsCancelledWhateverItPrints() throws Exception {
    assertThat(RunSurroundings.DEFAULT_GRACE).isEqualTo(Duration.ofSeconds(10));
    bosh.drain("a", "trap 'echo 0; exit 0' TERM; echo ready >&2; while :; do sleep 0.1; done");
    DrainScript drain = bosh.drainOf("a");
    CompletableFuture<JobResult> result = CompletableFuture.supplyAsync(drain::run);
    bosh.awaitLine("ready");

    assertThat(drain.cancel()).isEmpty();

    assertThat(failure(result.join())).isEqualTo(CANCELLED + ": exited with code 0");
  }

  @Test
  @DisplayName("B11 cancelled before it runs: that error, and it is not begun")
  void queuedCancelKeepsItFromRunning() {
    bosh.drain("a", "touch ran; echo 0");
    DrainScript drain = bosh.drainOf("a");
    drain.cancel();
    assertThat(failure(drain.run())).isEqualTo(CANCELLED);
    assertThat(bosh.work().resolve("ran")).doesNotExist();
  }

  @Test
  @DisplayName("B12 a script that ignores TERM is killed: both errors are told")
  void killsWhatIgnoresCancel() throws Exception {
    bosh.grace = Duration.ofMillis(100);
    bosh.drain("a", "trap '' TERM; echo ready >&2; while :; do sleep 60; done");
    DrainScript drain = bosh.drainOf("a");
    CompletableFuture<JobResult> result = CompletableFuture.supplyAsync(drain::run);
    bosh.awaitLine("ready");

    drain.cancel();

    assertThat(failure(result.join()))
        .isEqualTo(CANCELLED + ": exited with code 137 (as if killed by signal 9)");
  }

  @Test
  @DisplayName("B13 cancelling twice while idle does not block")
  void cancelsIdleOnes() {
    DrainScript drain = bosh.drainOf("a");
    assertThat(drain.cancel()).isEmpty();
    assertThat(drain.cancel()).isEmpty();
  }

  @Test
  @DisplayName("cancel cuts a wait short")
  void cancelCutsWaitsShort() throws Exception {
    bosh.deadline = bosh.clock.instant().plus(Duration.ofDays(1));
    bosh.pause = Pause.real();
    bosh.drain("a", "echo 3600");
    DrainScript drain = bosh.drainOf("a");
    CompletableFuture<JobResult> result = CompletableFuture.supplyAsync(drain::run);
    bosh.awaitTold(ScriptReport.Waits.class, 1);

    drain.cancel();

    assertThat(failure(result.join())).isEqualTo(CANCELLED);
  }

  @Test
  @DisplayName("B30 a value keeps its =")
  void keepsEqualsSigns() {
    bosh.context = Map.of("OTHER_EXAMPLE", "1243=abcd");
    bosh.drain("a", "echo \"$OTHER_EXAMPLE\" >&2; echo 0");
    assertThat(bosh.drainOf("a").run()).isEqualTo(OK);
    assertThat(bosh.lines()).contains("1243=abcd");
  }

  @Test
  void getsTheContextsVariablesUnlessSwitchedOff() {
    bosh.context = Map.of("DRAIN_EVENT_TYPE", "Reboot");
    bosh.drain("a", "echo \"[$DRAIN_EVENT_TYPE]\" >&2; echo 0");
    assertThat(bosh.drainOf("a").run()).isEqualTo(OK);
    bosh.with(it -> it.withoutDrainVariables());
    assertThat(bosh.drainOf("a").run()).isEqualTo(OK);
    assertThat(bosh.lines()).contains("[Reboot]", "[]");
  }

  @ParameterizedTest(name = "{0}: `{1}` under agent waits {2} s, under strict it fails: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "E01 | echo 1; exit 1 | 1 | exited with code 1",
        "E03 | echo 0; kill -9 $$ | 0 | exited with code 137 (as if killed by signal 9)"
      })
  void exitCodeRules(String row, String body, long wait, String strict) {
    bosh.drain("a", body);
    assertThat(failure(bosh.drainOf("a").run())).as(row).isEqualTo(strict);
    bosh.with(it -> it.agent());
    assertThat(bosh.drainOf("a").run()).as(row).isEqualTo(OK);
    assertThat(bosh.waits).extracting(Duration::toSeconds).containsExactly(wait);
  }

  @ParameterizedTest(name = "{0} printf ''{1}'' is {2}")
  @CsvSource({
    "E04, +5, 5",
    "E04, -0, 0",
    "E04, 007, 7",
    "E04, '\\302\\2405\\302\\240', 5",
    "E04, '\\302\\2055\\302\\205', 5",
    "E10, '\\n0\\n', 0"
  })
  void readsWhatAScriptPrints(String row, String format, long wait) {
    bosh.drain("a", "printf -- '" + format + "'");
    assertThat(bosh.drainOf("a").run()).as(row).isEqualTo(OK);
    assertThat(bosh.waits).extracting(Duration::toSeconds).containsExactly(wait);
  }

  @ParameterizedTest(name = "{0} printf ''{1}'' is {2}")
  @CsvSource({
    "E04, '', did not return a signed integer",
    "E04, 5.0, did not return a signed integer",
    "E04, 5 6, did not return a signed integer",
    "E04, '5\\n6', did not return a signed integer",
    "E04, '\\331\\245', did not return a signed integer",
    "E04 a lone byte 0x85, '\\2055', did not return a signed integer",
    "E05, 9223372036854775808, out of range",
    "E06, 9223372037, above bosh.max-sleep",
    "E07, -9223372036854775808, above bosh.max-sleep"
  })
  void failsAtWhatIsNoAnswer(String row, String format, String why) {
    bosh.drain("a", "printf -- '" + format + "'");
    assertThat(failure(bosh.drainOf("a").run())).as(row).contains(why);
    bosh.with(it -> it.agent());
    assertThat(failure(bosh.drainOf("a").run())).as(row).contains(why);
    assertThat(bosh.waits).isEmpty();
  }

  @Test
  @DisplayName("E08 a directory, and a file that is not executable, are errors")
  void failsAtWhatIsNoProgram() throws Exception {
    Files.createDirectories(bosh.bin("a").resolve("drain"));
    assertThat(failure(bosh.drainOf("a").run())).contains("is not a regular file");
    Files.setPosixFilePermissions(
        bosh.drain("b", "echo 0"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(failure(bosh.drainOf("b").run())).contains("is not executable");
  }

  @ParameterizedTest(name = "E09 no #! is an error (agent: {0})")
  @ValueSource(booleans = {true, false})
  void failsWithoutInterpreterLine(boolean agent) {
    if (agent) {
      bosh.with(it -> it.agent());
    }
    bosh.scripts.file(bosh.bin("a"), "drain", "echo 0\n");
    assertThat(failure(bosh.drainOf("a").run())).contains("begins neither with #!");
  }

  @Test
  @DisplayName("E11 a background child that keeps stdout is waited for, and its answer counts")
  void waitsForABackgroundChild() throws Exception {
    bosh.fifo("go");
    bosh.drain("a", "(read x < go; echo 5) & echo ready >&2; exit 0");
    CompletableFuture<JobResult> result = CompletableFuture.supplyAsync(bosh.drainOf("a")::run);
    bosh.awaitLine("ready");
    assertThat(result.isDone()).isFalse();

    bosh.release("go");

    assertThat(result.join()).isEqualTo(OK);
    assertThat(bosh.waits).extracting(Duration::toSeconds).containsExactly(5L);
  }

  @Test
  @DisplayName("E11 a background child is waited for up to the deadline")
  void backgroundChildEndsAtTheDeadline() {
    bosh.drain("a", "sleep 60 & echo 0");
    bosh.deadline = bosh.clock.instant().plusMillis(500);
    assertThat(failure(bosh.drainOf("a").run())).startsWith("not done by the deadline");
  }

  @Test
  @DisplayName("E12 -1 for ever: until the deadline, then failed")
  void deadlineEndsADynamicDrain() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    bosh.clock = now::get;
    bosh.deadline = now.get().plusMillis(3500);
    bosh.pause =
        (time, _) -> {
          bosh.waits.add(time);
          now.updateAndGet(it -> it.plus(time));
        };
    bosh.drain("a", "echo -1");

    assertThat(failure(bosh.drainOf("a").run())).isEqualTo("not done by the deadline");

    assertThat(bosh.waits)
        .extracting(Duration::toMillis)
        .containsExactly(1000L, 1000L, 1000L, 500L); // the last wait ends with the deadline
    assertThat(bosh.calls()).hasSize(4);
  }

  @Test
  void aWaitThatWasShortenedCountsInFull() {
    bosh.drain("a", "echo -25"); // a minute is there, and no wait is waited for

    assertThat(failure(bosh.drainOf("a").run())).isEqualTo("not done by the deadline");

    assertThat(bosh.waits).hasSize(3);
    assertThat(bosh.waits.getLast()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
  }

  @Test
  void isNotBegunAfterTheDeadline() {
    bosh.deadline = bosh.clock.instant();
    bosh.drain("a", "touch ran; echo 0");
    assertThat(failure(bosh.drainOf("a").run())).isEqualTo("not done by the deadline");
    assertThat(bosh.work().resolve("ran")).doesNotExist();
  }

  @Test
  void refusesAnEndlessAnswer() {
    bosh.drain("a", "head -c 100000 /dev/zero | tr '\\0' ' '; echo 0");
    assertThat(failure(bosh.drainOf("a").run())).contains("more than 65536 bytes");
  }

  @Test
  void tellsAllAboutEachCall() {
    bosh.drain("a", "[ -e once ] && echo 0 || echo -3; touch once");
    bosh.drainOf("a").run();
    assertThat(bosh.told(ScriptReport.Judged.class))
        .extracting(ScriptReport.Judged::answer)
        .containsExactly(
            new DrainAnswer.Again(Duration.ofSeconds(3)), new DrainAnswer.Done(Duration.ZERO));
    assertThat(bosh.told(ScriptReport.Answered.class))
        .extracting(ScriptReport.Answered::stdout)
        .containsExactly(
            Optional.of(new AnswerOutput.Printed.All("-3\n")),
            Optional.of(new AnswerOutput.Printed.All("0\n")));
    assertThat(bosh.calls().getFirst().environment()).containsKeys("HOME", "BOSH_JOB_STATE");
  }

  private static String failure(JobResult result) {
    return switch (result) {
      case JobResult.Failed(String why) -> why;
      case JobResult.Successful() -> throw new AssertionError("it did not fail");
    };
  }
}
