package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.scripts.LineOutput;
import io.drainwatch.drainer.scripts.LineSink;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import io.drainwatch.drainer.scripts.ScriptOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A tree of jobs below a temporary directory, what the runs over it are given, and all that they
 * tell. Waits are counted, not waited; a minute is there for everything.
 */
final class BoshFixture implements LineSink {

  static final JobSpec DISK_42 = JobSpec.withDisk(42);

  /** For tests that do not care what a drain is told. */
  static final DrainParameters UPDATE = DrainParameters.update(DISK_42, DISK_42);

  static final NextStates KEEP = NextStates.of(NextStates.Intent.KEEP_VM);

  private static final long PATIENCE_MILLIS = 20_000;

  final ScriptFixtures scripts;
  final Path base;
  final List<Duration> waits = new ArrayList<>();
  private final List<ScriptReport> reports = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  BoshSettings settings;
  Map<String, String> context = Map.of();
  InstantSource clock = InstantSource.system();
  Instant deadline = clock.instant().plusSeconds(60);
  Duration grace = RunSurroundings.DEFAULT_GRACE;
  Pause pause = (time, _) -> wait(time);

  BoshFixture(Path temporary) {
    scripts = ScriptFixtures.in(temporary);
    base = scripts.root().resolve("vcap");
    settings = BoshSettings.over(base);
    try {
      Files.createDirectories(work());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The scripts' current directory. */
  Path work() {
    return scripts.work();
  }

  Path bin(String job) {
    return base.resolve("jobs").resolve(job).resolve("bin");
  }

  Path log(String job, String file) {
    return base.resolve("sys/log").resolve(job).resolve(file);
  }

  /** A script of {@code /bin/sh} with this body. */
  Path script(String job, BoshScript kind, String body) {
    return scripts.script(bin(job), kind.word(), body);
  }

  Path drain(String job, String body) {
    return script(job, BoshScript.DRAIN, body);
  }

  /** A drain as in the resources of this package. */
  Path wild(String job, String resource) {
    try (var in = BoshFixture.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return scripts.file(bin(job), "drain", text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void fifo(String name) throws Exception {
    int code = new ProcessBuilder("mkfifo", work().resolve(name).toString()).start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("mkfifo returned " + code);
    }
  }

  /** Lets a script go on that reads from that FIFO. */
  void release(String fifo) throws IOException {
    Files.writeString(work().resolve(fifo), "go\n");
  }

  String read(String file) {
    try {
      return Files.readString(work().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BoshFixture with(UnaryOperator<SettingsChange> change) {
    settings = change.apply(new SettingsChange(settings)).settings;
    return this;
  }

  BoshTree tree() {
    return new BoshTree(settings, scripts.safetyCheck());
  }

  RunSurroundings surroundings() {
    return new RunSurroundings(
        settings,
        scripts.runner(),
        new BoshCalls(base, work()),
        context,
        clock,
        deadline,
        grace,
        pause,
        this::tell,
        _ -> output());
  }

  ScriptOutput output() {
    return new LineOutput(List.of(this));
  }

  /** The drain of that job, as it lies in the tree. */
  DrainScript drainOf(String job, DrainParameters parameters) {
    return new DrainScript(job, bin(job).resolve("drain"), parameters, surroundings());
  }

  DrainScript drainOf(String job) {
    return drainOf(job, UPDATE);
  }

  /** All drains of the tree. */
  ParallelRun drains() {
    return new BoshScripts(tree(), surroundings()).drain(UPDATE);
  }

  ParallelRun others(BoshScript kind) {
    return new BoshScripts(tree(), surroundings()).others(kind, KEEP);
  }

  synchronized <T extends ScriptReport> List<T> told(Class<T> kind) {
    return reports.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  List<ScriptReport.Called> calls() {
    return told(ScriptReport.Called.class);
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** Waits until a script has printed that line. */
  void awaitLine(String line) throws InterruptedException {
    await("line " + line, _ -> lines.contains(line));
  }

  void awaitLines(String line, int times) throws InterruptedException {
    await(times + " lines " + line, _ -> lines.stream().filter(line::equals).count() >= times);
  }

  <T extends ScriptReport> void awaitTold(Class<T> kind, int times) throws InterruptedException {
    await(
        times + " " + kind.getSimpleName(),
        _ -> reports.stream().filter(kind::isInstance).count() >= times);
  }

  @Override
  public synchronized void line(ScriptOutput.Source source, String text) {
    lines.add(text);
    notifyAll();
  }

  private synchronized void tell(ScriptReport report) {
    reports.add(report);
    notifyAll();
  }

  private synchronized void wait(Duration time) {
    waits.add(time);
  }

  private synchronized void await(String what, Predicate<BoshFixture> seen)
      throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!seen.test(this)) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("no " + what + "; heard " + lines + ", told " + reports);
      }
      wait(left);
    }
  }

  /** Settings read aloud. */
  static final class SettingsChange {
    private BoshSettings settings;

    SettingsChange(BoshSettings settings) {
      this.settings = settings;
    }

    SettingsChange jobs(String... names) {
      return of(List.of(names), settings.skipDrain(), settings.exitCode(), true, List.of());
    }

    SettingsChange skipDrain(String... names) {
      return of(settings.jobs(), List.of(names), settings.exitCode(), true, settings.stop());
    }

    SettingsChange agent() {
      return of(settings.jobs(), settings.skipDrain(), ExitCodeRule.AGENT, true, settings.stop());
    }

    SettingsChange withoutDrainVariables() {
      return of(settings.jobs(), settings.skipDrain(), settings.exitCode(), false, settings.stop());
    }

    SettingsChange stop(List<List<String>> commands) {
      return of(settings.jobs(), settings.skipDrain(), settings.exitCode(), true, commands);
    }

    private SettingsChange of(
        List<String> jobs,
        List<String> skipDrain,
        ExitCodeRule rule,
        boolean drainVariables,
        List<List<String>> stop) {
      settings =
          new BoshSettings(
              true,
              settings.base(),
              jobs,
              skipDrain,
              settings.checks(),
              rule,
              settings.maxSleep(),
              drainVariables,
              stop,
              stop,
              settings.commandLimit());
      return this;
    }
  }
}
