package io.drainwatch.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program of a training, with what it says in a file. Killed at the end, whatever happens. */
final class Started implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Pattern METADATA =
      Pattern.compile("at (http://127\\.0\\.0\\.1:\\d+)/metadata");

  private final Process process;
  private final Path log;

  private Started(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static Started start(ProcessBuilder program, Path log) throws IOException {
    return new Started(program.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /**
   * By the launcher, since a cache fits only the options that it was made with.
   *
   * @param environment nothing else but the PATH: what is set where it is built must not be in a
   *     cache
   */
  static ProcessBuilder drainwatch(
      Path launcher, Map<String, String> environment, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().putAll(environment);
    return builder;
  }

  /** A metadata service with one maintenance of that VM. */
  static Started simulator(Path launcher, String vm, Path log) throws IOException {
    return start(
        // notice enough for a busy machine; it is acknowledged, so nobody waits for it
        drainwatch(
            launcher, Map.of(), "simulate", "--vm", vm, "--event", "Reboot", "--notice", "5m"),
        log);
  }

  /** Where a simulator is asked. */
  String metadata() throws IOException, InterruptedException {
    return says(METADATA);
  }

  /** The first group of what is waited for. */
  String says(Pattern what) throws IOException, InterruptedException {
    await(() -> what.matcher(said()).find());
    Matcher matcher = what.matcher(said());
    if (!matcher.find()) {
      throw new IOException("does not say " + what);
    }
    return matcher.group(1);
  }

  void await(BooleanSupplier condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("does not do what it should: " + said());
      }
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
  }

  String said() {
    return text(log);
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  /** By SIGTERM: what is recorded is written then. */
  void end() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("does not end: " + said());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
