package io.drainwatch.dist;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the ahead-of-time cache: the daemon itself goes through a maintenance that the simulator
 * plays, is asked what daemons are asked, and ends; what it had loaded is the cache. Everything is
 * started by the launcher, since the cache fits only the options that it was made with.
 */
final class Training {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern METADATA =
      Pattern.compile("at (http://127\\.0\\.0\\.1:\\d+)/metadata");
  private static final Pattern SERVER = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");
  private static final List<String> HOOKS = List.of("scheduled", "drain", "started", "running");
  private static final List<String> QUESTIONS =
      List.of("/health/liveness", "/health/readiness", "/prometheus", "/maintenance");

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
        drainwatch("", "simulate", "--event", "Reboot").redirectOutput(said.toFile()).start();
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
    builder
        .environment()
        .putAll(
            Map.of(
                "DRAINWATCH_METADATA_URL",
                metadata,
                "DRAINWATCH_STATE_DIR",
                work.resolve("state").toString(),
                "MICRONAUT_SERVER_PORT",
                "-1"));
    Path said = work.resolve("daemon.log");
    Process daemon = builder.redirectOutput(said.toFile()).start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      await(() -> server(said).isPresent(), daemon, said);
      String server = server(said).orElseThrow();
      await(
          () -> {
            QUESTIONS.forEach(each -> answer(client, server + each));
            return answer(client, server + "/maintenance/history").contains("RETURNED");
          },
          daemon,
          said);
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
        "drainwatch:\n  hooks:\n    directories: ['" + hooks + "']\n");
  }

  private static Optional<String> server(Path said) {
    return text(said)
        .lines()
        .filter(line -> line.contains("metrics on "))
        .map(SERVER::matcher)
        .filter(Matcher::find)
        .map(Matcher::group)
        .findFirst();
  }

  private static String answer(HttpClient client, String address) {
    try {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
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
