package io.drainwatch.drainer.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome.Ended;
import io.drainwatch.drainer.maintenance.ScriptOutcome.Exited;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class EndingScriptsTest {

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Ignored signals stay ignored in children, so the sleeps ignore it too. */
  private static final String IGNORES_TERM =
      "trap '' TERM; (while :; do sleep 60; done) & echo ready; while :; do sleep 60; done";

  private static final String OBEYS_TERM = "sleep 60 & echo ready; wait";

  /** Ways to know what belongs to a script. */
  enum Way {
    GROUP,
    DESCENDANTS
  }

  private final Heard heard = new Heard();
  private final ProcessTable table = ProcessTable.ofSystem();
  private ScriptFixtures scripts;
  private Optional<RunningScript> running = Optional.empty();

  @BeforeEach
  void makeDirectories(@TempDir Path temporary) {
    scripts = ScriptFixtures.in(temporary);
  }

  @AfterEach
  void leaveNothingRunning() {
    running.ifPresent(
        script ->
            groupOf(script)
                .forEach(p -> ProcessHandle.of(p.pid()).ifPresent(ProcessHandle::destroyForcibly)));
  }

  @ParameterizedTest(name = "H12 script and child ignore TERM: nothing is left ({0})")
  @EnumSource(Way.class)
  void killsWhatIgnoresTerm(Way way) throws Exception {
    RunningScript script = start(way, IGNORES_TERM, EndOfCall.SCRIPT_EXITED);
    awaitReady(script);
    List<ProcessStat> family = familyOf(script);
    assertThat(family).hasSizeGreaterThanOrEqualTo(3);

    script.end(SHORT);

    assertThat(heard.outcome()).isEqualTo(new Ended(true));
    assertThat(table.alive())
        .extracting(ProcessStat::pid)
        .doesNotContainAnyElementsOf(family.stream().map(ProcessStat::pid).toList());
  }

  @ParameterizedTest(name = "TERM reaches a child, no KILL is needed ({0})")
  @EnumSource(Way.class)
  void termReachesChildren(Way way) throws Exception {
    RunningScript script = start(way, OBEYS_TERM, EndOfCall.SCRIPT_EXITED);
    awaitReady(script);
    List<ProcessStat> family = familyOf(script);

    script.end(LONG);

    assertThat(heard.outcome()).isEqualTo(new Ended(true));
    assertThat(table.alive())
        .extracting(ProcessStat::pid)
        .doesNotContainAnyElementsOf(family.stream().map(ProcessStat::pid).toList());
  }

  @ParameterizedTest(name = "H12 the script dies of TERM, its grandchild does not: KILL ({0})")
  @EnumSource(Way.class)
  void groupDecidesNotTheScript(Way way) throws Exception {
    RunningScript script =
        start(
            way,
            "(trap '' TERM; (sleep 60; true); true) & trap 'exit 7' TERM; echo ready; wait",
            EndOfCall.SCRIPT_EXITED);
    awaitReady(script);
    List<ProcessStat> family = familyOf(script);

    script.end(SHORT);

    assertThat(heard.outcome()).isEqualTo(new Ended(true));
    assertThat(table.alive())
        .extracting(ProcessStat::pid)
        .doesNotContainAnyElementsOf(family.stream().map(ProcessStat::pid).toList());
  }

  @Test
  void scriptThatTidiesUpOnTermIsEndedWhateverItReturns() throws Exception {
    RunningScript script =
        start(
            Way.GROUP,
            "trap 'echo tidied; exit 0' TERM; sleep 60 & echo ready; wait",
            EndOfCall.SCRIPT_EXITED);
    awaitReady(script);

    script.end(LONG);

    assertThat(heard.outcome()).isEqualTo(new Ended(true));
    assertThat(heard.stdout()).containsExactly("ready", "tidied");
  }

  @Test
  void secondEndMayShortenTheGraceButNotLengthenIt() throws Exception {
    RunningScript script = start(Way.GROUP, IGNORES_TERM, EndOfCall.SCRIPT_EXITED);
    awaitReady(script);

    script.end(LONG);
    script.end(SHORT);
    script.end(LONG);

    assertThat(heard.outcome()).isEqualTo(new Ended(true));
  }

  @Test
  void endAfterTheEndDoesNothing() {
    RunningScript script = start(Way.GROUP, "exit 0", EndOfCall.SCRIPT_EXITED);
    assertThat(heard.outcome()).isEqualTo(new Exited(0));
    script.end(Duration.ZERO);
    assertThat(heard.outcome()).isEqualTo(new Exited(0));
  }

  @Test
  void endsAScriptThatHasNoGroupOfItsOwnYet() throws Exception {
    makeFifo("never");
    Path slow = scripts.script(scripts.root(), "slow-setsid", "read x < never; exec setsid \"$@\"");
    ScriptRunner runner =
        new ScriptRunner(
            scripts.safetyCheck(),
            scripts.environment(),
            new Launch(Optional.of(slow), false),
            table,
            new Signals(),
            SHORT);

    RunningScript script = start(runner, "touch ran", EndOfCall.SCRIPT_EXITED);
    script.end(LONG);

    assertThat(heard.outcome()).isEqualTo(new Ended(true));
    assertThat(table.alive())
        .extracting(ProcessStat::pid)
        .doesNotContain(script.pid().orElseThrow());
    assertThat(scripts.work().resolve("ran")).doesNotExist();
  }

  @Test
  void saysWhenItIsUnkillable() throws Exception {
    Signals deaf =
        new Signals() {
          @Override
          void toGroup(long group, List<ProcessStat> members, Signal signal) {
            // as a process that hangs in the kernel
          }
        };
    RunningScript script =
        start(runner(Way.GROUP, deaf), "sleep 60 & echo ready; wait", EndOfCall.SCRIPT_EXITED);
    awaitReady(script);

    script.end(Duration.ofMillis(50));

    assertThat(heard.outcome()).isEqualTo(new Ended(false));
  }

  @Test
  @DisplayName("H23 a background child that keeps stdout delays nothing, is told and left alone")
  void backgroundChildIsLeftAlone() throws Exception {
    makeFifo("go");
    RunningScript script =
        start(
            Way.GROUP,
            "(read go < go; echo late; echo still here; sleep 60) & echo done",
            EndOfCall.SCRIPT_EXITED);

    assertThat(heard.outcome()).isEqualTo(new Exited(0));
    assertThat(heard.stdout()).containsExactly("done");
    assertThat(heard.left()).hasSize(1);
    assertThat(groupOf(script))
        .extracting(ProcessStat::pid)
        .containsExactly(heard.left().getFirst().pid());

    Files.writeString(scripts.work().resolve("go"), "go\n");
    heard.awaitLine("still here"); // it can print, and does not die of it
    assertThat(groupOf(script)).isNotEmpty();
  }

  @Test
  @DisplayName("E11 a call that waits for its group waits for a background child")
  void waitsForTheGroup() throws Exception {
    makeFifo("go");
    start(Way.GROUP, "(read go < go; echo 5) & exit 3", EndOfCall.GROUP_EMPTY);
    assertThat(heard.isOverWithin(Duration.ofMillis(300))).isFalse();

    Files.writeString(scripts.work().resolve("go"), "go\n");

    assertThat(heard.outcome()).isEqualTo(new Exited(3));
    assertThat(heard.stdout()).containsExactly("5");
    assertThat(heard.left()).isEmpty();
  }

  @Test
  @DisplayName("E11 such a call can be ended while only the child is left")
  void endsTheRestOfTheGroup() throws Exception {
    RunningScript script = start(Way.GROUP, "sleep 60 & exit 0", EndOfCall.GROUP_EMPTY);
    awaitOnly(script, "sleep");

    script.end(LONG);

    assertThat(heard.outcome()).isEqualTo(new Ended(true));
    assertThat(groupOf(script)).isEmpty();
  }

  /**
   * Ready means that the sleep runs: a TERM that finds the shell's child between fork and exec is
   * taken by the handler it inherited, and lost.
   */
  private void awaitReady(RunningScript script) throws InterruptedException {
    heard.awaitLine("ready");
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (familyOf(script).stream().noneMatch(process -> process.name().equals("sleep"))) {
      assertThat(System.nanoTime()).as("no sleep seen").isLessThan(until);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private void awaitOnly(RunningScript script, String name) {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!groupOf(script).stream().map(ProcessStat::name).toList().equals(List.of(name))) {
      assertThat(System.nanoTime()).as("others than " + name).isLessThan(until);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private void makeFifo(String name) throws Exception {
    ScriptFixtures.directory(scripts.work());
    Path fifo = scripts.work().resolve(name);
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
  }

  private RunningScript start(Way way, String body, EndOfCall end) {
    return start(runner(way, new Signals()), body, end);
  }

  private RunningScript start(ScriptRunner runner, String body, EndOfCall end) {
    ScriptCall call =
        new ScriptCall(
            scripts.hook(Hook.DRAIN, "x", body),
            List.of(),
            StandardInput.nothing(),
            Map.of(),
            scripts.work(),
            new LineOutput(List.of(heard)),
            end);
    RunningScript script = runner.start(call, heard);
    running = Optional.of(script);
    return script;
  }

  private ScriptRunner runner(Way way, Signals signals) {
    return new ScriptRunner(
        scripts.safetyCheck(),
        scripts.environment(),
        switch (way) {
          case GROUP -> new Launch(Launch.ofSystem().setsid(), false);
          case DESCENDANTS -> new Launch(Optional.empty(), false);
        },
        table,
        signals,
        Duration.ofMillis(300));
  }

  private List<ProcessStat> groupOf(RunningScript script) {
    return table.alive().stream()
        .filter(process -> process.group() == script.pid().orElse(-1))
        .toList();
  }

  private List<ProcessStat> familyOf(RunningScript script) {
    return new ProcessTree.Descendants(script.pid().orElseThrow(), table, new Signals()).alive();
  }
}
