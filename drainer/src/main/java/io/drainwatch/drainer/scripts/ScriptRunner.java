package io.drainwatch.drainer.scripts;

import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts scripts (drain-scripts.md 1.3): checked right before, as its own process group, with the
 * environment it may have, never through a shell that would read any of it. Knows nothing of hooks,
 * exit codes or time-outs: whoever calls decides when to {@link RunningScript#end} and what an
 * outcome means.
 */
public final class ScriptRunner {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptRunner.class);

  /** How long a group may take to vanish after SIGKILL (drain-scripts.md 1.4). */
  static final Duration VANISH = Duration.ofSeconds(10);

  private static final Duration WARM_UP = Duration.ofSeconds(5);

  private final SafetyCheck check;
  private final ScriptEnvironment environment;
  private final Launch launch;
  private final ProcessTable table;
  private final Signals signals;
  private final Duration vanish;
  private final OutputReader reader = OutputReader.ofProcess();

  public ScriptRunner(SafetyCheck check, ScriptEnvironment environment) {
    this(check, environment, Launch.ofSystem(), ProcessTable.ofSystem(), new Signals(), VANISH);
    if (launch.setsid().isEmpty()) {
      LOG.warn("no setsid in /usr/bin or /bin: what a script leaves behind may not be found");
    }
  }

  /** For tests: without setsid, with another umask, other signals, little patience. */
  ScriptRunner(
      SafetyCheck check,
      ScriptEnvironment environment,
      Launch launch,
      ProcessTable table,
      Signals signals,
      Duration vanish) {
    this.check = check;
    this.environment = environment;
    this.launch = launch;
    this.table = table;
    this.signals = signals;
    this.vanish = vanish;
  }

  /**
   * Starts it and returns. A refused script and one that the system cannot start are outcomes, not
   * exceptions.
   *
   * @param whenEnded gets the outcome, once, on a thread of its own
   */
  public RunningScript start(ScriptCall call, Consumer<? super ProcessOutcome> whenEnded) {
    Optional<Refusal> refusal = check.refuses(call.script());
    if (refusal.isPresent()) {
      return notStarted(refusal.get().text(), whenEnded);
    }
    if (call.files().isPresent()) {
      try {
        return startWritingTo(call.files().get(), call, whenEnded);
      } catch (IOException e) {
        return cannotStart(call, e, whenEnded);
      }
    }
    try (OutputPipe stdout = OutputPipe.open();
        OutputPipe stderr = OutputPipe.open()) {
      return start(call, stdout, stderr, whenEnded);
    } catch (IOException e) {
      return cannotStart(call, e, whenEnded);
    }
  }

  /** The variables that a script of this call gets: its own and those inherited. */
  public Map<String, String> environmentOf(ScriptCall call) {
    return environment.with(call.variables());
  }

  /**
   * Starts {@code /bin/true} once and waits for it. The first start loads classes and system calls,
   * which takes 100 ms and more that the first script of a 30 s notice need not pay: to be called
   * when the daemon starts. Does no harm where it fails.
   */
  public void warmUp(Path workDirectory) {
    CountDownLatch over = new CountDownLatch(1);
    ScriptCall call =
        new ScriptCall(
            Path.of("/bin/true"),
            List.of(),
            StandardInput.of(new byte[0]),
            Map.of(),
            workDirectory.toAbsolutePath(),
            new LineOutput(List.of()),
            EndOfCall.SCRIPT_EXITED);
    RunningScript running = start(call, _ -> over.countDown());
    try {
      if (!over.await(WARM_UP.toMillis(), TimeUnit.MILLISECONDS)) {
        running.end(Duration.ZERO);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RunningScript start(
      ScriptCall call,
      OutputPipe stdout,
      OutputPipe stderr,
      Consumer<? super ProcessOutcome> whenEnded)
      throws IOException {
    ProcessBuilder builder =
        processOf(call).redirectOutput(stdout.writeEnd()).redirectError(stderr.writeEnd());
    reader.prepare();
    Process process = Niceness.start(builder, call.niceness());
    ScriptOutput output = new GuardedOutput(call.output());
    output.started(process.pid());
    List<OutputReader.Reading> readings =
        List.of(
            reader.read(stdout.takeReadEnd(), ScriptOutput.Source.STDOUT, output),
            reader.read(stderr.takeReadEnd(), ScriptOutput.Source.STDERR, output));
    return watch(call, process, output, readings, whenEnded);
  }

  /** A log that cannot be written: the script is not run (drain-scripts.md 3.4). */
  private RunningScript startWritingTo(
      OutputFiles files, ScriptCall call, Consumer<? super ProcessOutcome> whenEnded)
      throws IOException {
    files.make();
    ProcessBuilder builder = processOf(call);
    files.redirect(builder);
    Process process = Niceness.start(builder, call.niceness());
    ScriptOutput output = new GuardedOutput(call.output());
    output.started(process.pid());
    return watch(call, process, output, List.of(), whenEnded);
  }

  private RunningScript watch(
      ScriptCall call,
      Process process,
      ScriptOutput output,
      List<OutputReader.Reading> readings,
      Consumer<? super ProcessOutcome> whenEnded) {
    ProcessTree tree =
        launch.setsid().isPresent()
            ? new ProcessTree.Group(process, table, signals)
            : new ProcessTree.Descendants(process.pid(), table, signals);
    RunningProcess running =
        new RunningProcess(process, tree, output, readings, call.end(), vanish);
    running.watch(whenEnded);
    if (!call.input().isNothing()) {
      write(call.input(), process);
    }
    return running;
  }

  private ProcessBuilder processOf(ScriptCall call) throws IOException {
    makeWorkDirectory(call.workDirectory());
    ProcessBuilder builder =
        new ProcessBuilder(launch.command(call.script(), call.arguments()))
            .directory(call.workDirectory().toFile());
    if (call.input().isNothing()) {
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    }
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.putAll(environmentOf(call));
    return builder;
  }

  private static void makeWorkDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** On its own thread: a pipe takes 64 KiB, then it blocks until the script reads or ends. */
  private static void write(StandardInput input, Process process) {
    Thread.ofPlatform()
        .daemon()
        .name("script-" + process.pid() + "-stdin")
        .start(
            () -> {
              try (OutputStream out = process.getOutputStream()) {
                input.writeTo(out);
              } catch (IOException e) {
                LOG.debug(
                    "script {} did not read all of its stdin: {}", process.pid(), e.toString());
              }
            });
  }

  private static RunningScript cannotStart(
      ScriptCall call, IOException e, Consumer<? super ProcessOutcome> whenEnded) {
    return notStarted(
        "cannot start " + call.script() + ": " + PlainText.of(e.toString()), whenEnded);
  }

  private static RunningScript notStarted(String why, Consumer<? super ProcessOutcome> whenEnded) {
    Thread.startVirtualThread(() -> whenEnded.accept(new ScriptOutcome.NotStarted(why)));
    return new RunningScript() {
      @Override
      public OptionalLong pid() {
        return OptionalLong.empty();
      }

      @Override
      public void end(Duration grace) {}
    };
  }
}
