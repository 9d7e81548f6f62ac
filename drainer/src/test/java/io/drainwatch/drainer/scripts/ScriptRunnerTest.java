package io.drainwatch.drainer.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome.Exited;
import io.drainwatch.drainer.maintenance.ScriptOutcome.NotStarted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ScriptRunnerTest {

  private final Heard heard = new Heard();
  private ScriptFixtures scripts;

  @BeforeEach
  void makeDirectories(@TempDir Path temporary) {
    scripts = ScriptFixtures.in(temporary);
  }

  @Test
  @DisplayName("H07 passes hook and disposition, and the context through stdin byte for byte")
  void passesArgumentsAndContext() throws IOException {
    byte[] context = "{\"version\":1,\"id\":\"zürich/vm-1\"}".getBytes(UTF_8);
    Path file =
        switch (new ContextFile(scripts.root()).write(Hook.DRAIN, "x", context)) {
          case ContextFile.Written.To(Path path) -> path;
          case ContextFile.Written.Not(String why) -> throw new AssertionError(why);
        };
    Path script =
        scripts.hook(
            Hook.DRAIN,
            "x",
            "echo \"$# $1 $2\"; cat > stdin; cmp stdin \"$DRAIN_CONTEXT_FILE\" && echo equal");

    run(script, context, Map.of("DRAIN_CONTEXT_FILE", file.toString()));

    assertThat(heard.outcome()).isEqualTo(new Exited(0));
    assertThat(heard.stdout()).containsExactly("2 drain recreated", "equal");
    assertThat(Files.readAllBytes(scripts.work().resolve("stdin"))).isEqualTo(context);
  }

  @Test
  @DisplayName("H08 a script may ignore a stdin of 200 kB")
  void scriptMayIgnoreStdin() {
    Path script = scripts.hook(Hook.DRAIN, "x", "exit 0");
    run(script, new byte[200_000], Map.of());
    assertThat(heard.outcome()).isEqualTo(new Exited(0));
  }

  @Test
  void readsNothingFromDevNull() {
    Path script = scripts.hook(Hook.DRAIN, "x", "readlink /proc/self/fd/0; cat");
    start(script, List.of(), StandardInput.nothing(), Map.of(), EndOfCall.SCRIPT_EXITED);
    assertThat(heard.outcome()).isEqualTo(new Exited(0));
    assertThat(heard.stdout()).containsExactly("/dev/null");
  }

  @ParameterizedTest(name = "H10 {0} is {1}, whatever is printed")
  @CsvSource({
    "echo 0; exit 1, 1",
    "echo hello, 0",
    "exit 75, 75",
    "exit 300, 44",
    "exit 127, 127",
    "kill -TERM $$, 143",
    "kill -KILL $$, 137"
  })
  void exitCodeDecides(String body, int code) {
    run(scripts.hook(Hook.DRAIN, "x", body));
    assertThat(heard.outcome()).isEqualTo(new Exited(code));
  }

  @Test
  void noticesTheExitWhileTheCommonPoolIsBlocked() {
    CountDownLatch over = new CountDownLatch(1);
    ForkJoinPool pool = ForkJoinPool.commonPool();
    for (int i = 0; i < pool.getParallelism() + 1; i++) {
      ForkJoinTask<?> unused = pool.submit(() -> awaitQuietly(over));
    }
    try {
      run(scripts.hook(Hook.DRAIN, "x", "exit 3"));
      assertThat(heard.outcome()).isEqualTo(new Exited(3));
    } finally {
      over.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void passesOnAllThatAScriptPrintedBeforeItsExit() {
    // more than a pipe holds, and the last line right before the exit
    run(
        scripts.hook(
            Hook.DRAIN, "x", "(sleep 60) & head -c 200000 /dev/zero | tr '\\0' '\\n'; echo last"));
    assertThat(heard.outcome()).isEqualTo(new Exited(0));
    assertThat(heard.stdout()).hasSize(200_001).endsWith("last");
    heard
        .left()
        .forEach(it -> ProcessHandle.of(it.pid()).ifPresent(ProcessHandle::destroyForcibly));
  }

  @Test
  @DisplayName("H18 nothing of the daemon's own reaches a script")
  void dropsInherited() {
    Map<String, String> inherited = new HashMap<>();
    for (String name :
        List.of(
            "DRAIN_X",
            "BOSH_X",
            "SLIPSTREAM_X",
            "LD_PRELOAD",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "NOTIFY_SOCKET",
            "WATCHDOG_USEC",
            "LISTEN_FDS",
            "CREDENTIALS_DIRECTORY",
            "MY_TOKEN",
            "A_SECRET_B",
            "db_password",
            "ODD.SECRET")) {
      inherited.put(name, "inherited");
    }
    inherited.put("PATH", "/usr/bin:/bin");
    inherited.put("KEPT", "1=2");
    ScriptEnvironment environment =
        new ScriptEnvironment(inherited, ScriptEnvironment.DEFAULT_DROP, "/home/of/daemon");
    Path script = scripts.hook(Hook.DRAIN, "x", "env");

    new ScriptRunner(scripts.safetyCheck(), environment)
        .start(call(script, new byte[0], Map.of("DRAIN_ID", "e1/vm")), heard);

    assertThat(heard.outcome()).isEqualTo(new Exited(0));
    assertThat(heard.stdout())
        .filteredOn(line -> !line.startsWith("PWD=") && !line.startsWith("_="))
        .containsExactlyInAnyOrder(
            "PATH=/usr/bin:/bin", "KEPT=1=2", "HOME=/home/of/daemon", "DRAIN_ID=e1/vm");
  }

  @Test
  @DisplayName("H19 values are data: $(reboot), newlines, NUL, 10,000 characters")
  void valuesAreData() throws IOException {
    String value = "$(touch owned) `touch owned` \\ \" ' ; \n" + "x".repeat(10_000);
    Path script = scripts.hook(Hook.DRAIN, "x", "printf %s \"$V\" > v; printf %s \"$1\" > a");

    start(
        script,
        List.of(value),
        StandardInput.nothing(),
        Map.of("V", value + "\0"),
        EndOfCall.SCRIPT_EXITED);

    assertThat(heard.outcome()).isEqualTo(new Exited(0));
    assertThat(scripts.work().resolve("v")).hasContent(value);
    assertThat(scripts.work().resolve("a")).hasContent(value);
    assertThat(scripts.work().resolve("owned")).doesNotExist();
  }

  @Test
  void variableThatIsTooLongIsAnOutcome() {
    Path script = scripts.hook(Hook.DRAIN, "x", "exit 0");
    run(script, new byte[0], Map.of("V", "x".repeat(131_072)));
    assertThat(heard.outcome())
        .isInstanceOfSatisfying(
            NotStarted.class, outcome -> assertThat(outcome.why()).contains("cannot start"));
  }

  @Test
  void refusesAnImpossibleName() {
    Path script = scripts.hook(Hook.DRAIN, "x", "exit 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> call(script, new byte[0], Map.of("A=B", "c")));
  }

  @Test
  @DisplayName("1.3 its own process group, umask 022, a private work directory")
  void isSetUpAsPromised() throws IOException {
    Path script =
        scripts.hook(Hook.DRAIN, "x", "umask; pwd -P; cut -d' ' -f1,5 /proc/$$/stat; echo $$");

    RunningScript running = run(script);

    assertThat(heard.outcome()).isEqualTo(new Exited(0));
    long pid = running.pid().orElseThrow();
    assertThat(heard.stdout())
        .containsExactly("0022", scripts.work().toString(), pid + " " + pid, String.valueOf(pid));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(scripts.work())))
        .isEqualTo("rwx------");
  }

  @Test
  @DisplayName("1.2 checks again right before the run")
  void checksAgain() {
    Path script = scripts.hook(Hook.DRAIN, "x", "touch ran");
    assertThat(scripts.hookDirectories().list(Hook.DRAIN).scripts()).hasSize(1);
    ScriptFixtures.mode(script, "rwxrwxrwx");

    RunningScript running = run(script);
    running.end(Duration.ZERO);

    assertThat(running.pid()).isEmpty();
    assertThat(heard.outcome())
        .isEqualTo(new NotStarted(script + " is writable by group or others (mode 0777)"));
    assertThat(scripts.work().resolve("ran")).doesNotExist();
  }

  @Test
  void scriptThatHasGoneIsAnOutcome() {
    run(scripts.operator().resolve("gone"));
    assertThat(heard.outcome())
        .isInstanceOfSatisfying(
            NotStarted.class, outcome -> assertThat(outcome.why()).contains("is gone"));
  }

  @Test
  void workDirectoryThatCannotBeMadeIsAnOutcome() throws IOException {
    Files.writeString(scripts.work(), "in the way");
    run(scripts.hook(Hook.DRAIN, "x", "exit 0"));
    assertThat(heard.outcome()).isInstanceOf(NotStarted.class);
  }

  @Test
  void reportsOnAnotherThread() {
    Thread caller = Thread.currentThread();
    CompletableFuture<Thread> reporter = new CompletableFuture<>();

    scripts
        .runner()
        .start(
            call(scripts.operator().resolve("gone"), new byte[0], Map.of()),
            _ -> reporter.complete(Thread.currentThread()));

    assertThat(reporter.join()).isNotSameAs(caller);
  }

  @Test
  void brokenOutputCostsNoScriptItsRun() {
    Path script = scripts.hook(Hook.DRAIN, "x", "yes | head -c 300000 || exit 4; exit 3");
    LineOutput broken =
        new LineOutput(
            List.of(
                (_, _) -> {
                  throw new IllegalStateException("a broken sink");
                }));

    scripts
        .runner()
        .start(
            new ScriptCalls(scripts.work())
                .call(script, Hook.DRAIN, "stopped", new byte[0], Map.of(), broken),
            heard);

    assertThat(heard.outcome()).isEqualTo(new Exited(3));
  }

  @Test
  @DisplayName("1.7 a flood of output is read to its end and cut")
  void floodIsDropped() {
    Path script =
        scripts.hook(Hook.DRAIN, "x", "head -c 3000000 /dev/zero | tr '\\0' 'x' | fold -w 1000");

    run(script);

    assertThat(heard.outcome()).isEqualTo(new Exited(0));
    assertThat(heard.stdout()).hasSizeBetween(1_040, 1_060);
    assertThat(heard.stdout().getLast()).contains("the rest is dropped");
  }

  @Test
  void warmsUpWithoutATrace() {
    scripts.runner().warmUp(scripts.work());
    assertThat(scripts.work()).isEmptyDirectory();
  }

  private RunningScript run(Path script) {
    return run(script, new byte[0], Map.of());
  }

  private RunningScript run(Path script, byte[] context, Map<String, String> variables) {
    return scripts.runner().start(call(script, context, variables), heard);
  }

  private ScriptCall call(Path script, byte[] context, Map<String, String> variables) {
    return new ScriptCalls(scripts.work())
        .call(script, Hook.DRAIN, "recreated", context, variables, new LineOutput(List.of(heard)));
  }

  private void start(
      Path script,
      List<String> arguments,
      StandardInput input,
      Map<String, String> variables,
      EndOfCall end) {
    ScriptCall call =
        new ScriptCall(
            script,
            arguments,
            input,
            variables,
            scripts.work(),
            new LineOutput(List.of(heard)),
            end);
    scripts.runner().start(call, heard);
  }
}
