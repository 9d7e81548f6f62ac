package io.drainwatch.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the ahead-of-time cache: the daemon itself goes through a maintenance that the simulator
 * plays, and ends; what it had loaded is the cache. Nobody asks it anything, so that its HTTP
 * server is not in it: most daemons are never asked, and of a cache nearly every page becomes
 * resident, used or not. Everything is started by the launcher, since the cache fits only the
 * options that it was made with.
 */
final class Training {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern METADATA =
      Pattern.compile("at (http://127\\.0\\.0\\.1:\\d+)/metadata");
  private static final List<String> HOOKS = List.of("scheduled", "drain", "started", "running");
  private static final String OVER = "RETURNED";

  private final Path home;
  private final Path work;

  Training(Path home, Path work) {
    this.home = home;
    this.work = work;
  }

  void makeCache() throws IOException, InterruptedException {
    Staging.empty(work);
    Path recorded = work.resolve("recorded");
    rehearse("-XX:AOTMode=record -XX:AOTConfiguration=" + recorded);
    Path cache = home.resolve("lib/drainwatch.aot");
    ProcessBuilder create =
        drainwatch(
            // the compiler in use keeps no profiles, so there are none to carry
            // unlinked, a class costs memory when it is used, not because it is in the cache
            "-XX:AOTMode=create -XX:-AOTClassLinking -XX:-AOTRecordTraining"
                + " -XX:-AOTReplayTraining"
                + (" -XX:AOTConfiguration=" + recorded + " -XX:AOTCache=" + cache));
    String said = Processes.run(create);
    if (!Files.isReadable(cache)) {
      throw new IOException("no ahead-of-time cache was made: " + said);
    }
    Files.delete(recorded);
  }

  private ProcessBuilder drainwatch(String options, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/drainwatch").toString());
    builder.command().addAll(List.of(arguments));
    // what is set here must not be in the cache
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().put("DRAINWATCH_JAVA_OPTIONS", options);
    return builder.redirectErrorStream(true);
  }

  private void rehearse(String options) throws IOException, InterruptedException {
    Path said = work.resolve("simulator.log");
    Process simulator =
        // long enough for a busy machine; it is acknowledged, so nobody waits for it
        drainwatch("", "simulate", "--event", "Reboot", "--notice", "5m")
            .redirectOutput(said.toFile())
            .start();
    try {
      await(() -> METADATA.matcher(text(said)).find(), simulator, said);
      Matcher address = METADATA.matcher(text(said));
      address.find();
      run(options, address.group(1));
    } finally {
      simulator.destroyForcibly().waitFor();
    }
  }

  private void run(String options, String metadata) throws IOException, InterruptedException {
    ProcessBuilder builder = drainwatch(options, "run", "--config", configuration().toString());
    Path state = work.resolve("state");
    builder
        .environment()
        .putAll(
            Map.of(
                "DRAINWATCH_METADATA_URL",
                metadata,
                "DRAINWATCH_STATE_DIR",
                state.toString(),
                "MICRONAUT_SERVER_PORT",
                "-1"));
    Path said = work.resolve("daemon.log");
    Process daemon = builder.redirectOutput(said.toFile()).start();
    try {
      await(() -> text(state.resolve("history.jsonl")).contains(OVER), daemon, said);
      daemon.destroy();
      if (!daemon.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("the daemon does not end: " + text(said));
      }
    } finally {
      daemon.destroyForcibly().waitFor();
    }
  }

  private Path configuration() throws IOException {
    Path hooks = work.resolve("hooks");
    for (String each : HOOKS) {
      Path hook = hooks.resolve(each).resolve("10-train");
      Files.createDirectories(hook.getParent());
      Files.writeString(hook, "#!/bin/sh\necho trained\n");
      Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return Files.writeString(
        work.resolve("drainwatch.yml"),
        // both ways of writing YAML
        "drainwatch:\n  hooks: {directories: ['" + hooks + "']}\n");
  }

  private static void await(BooleanSupplier condition, Process program, Path said)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (!program.isAlive() || System.nanoTime() > end) {
        throw new IOException("does not do what it should: " + text(said));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
