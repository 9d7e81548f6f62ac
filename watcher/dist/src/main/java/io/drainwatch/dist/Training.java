package io.drainwatch.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the ahead-of-time cache of a VM: the daemon itself goes through a maintenance that the
 * simulator plays, and ends; what it had loaded is the cache. Nobody asks it anything, so that its
 * HTTP server is not in it: most daemons are never asked, and of a cache nearly every page becomes
 * resident, used or not.
 */
final class Training {
  private static final List<String> HOOKS = List.of("scheduled", "drain", "started", "running");
  private static final Path HOME = Path.of(System.getProperty("user.home"));
  private static final String OVER = "RETURNED";

  private final Path launcher;
  private final Path cache;
  private final Path work;

  /**
   * @param work emptied
   */
  Training(Path launcher, Path cache, Path work) {
    this.launcher = launcher;
    this.cache = cache;
    this.work = work;
  }

  void makeCache() throws IOException, InterruptedException {
    Staging.empty(work);
    Path recorded = work.resolve("recorded");
    try (Started simulator = Started.simulator(launcher, "vm_0", work.resolve("simulator.log"))) {
      run(Cache.recording(recorded), simulator.metadata());
    }
    Cache.create(launcher, recorded, cache);
  }

  private void run(Map<String, String> recording, String metadata)
      throws IOException, InterruptedException {
    Path state = work.resolve("state");
    Map<String, String> environment = new HashMap<>(recording);
    environment.put("DRAINWATCH_METADATA_URL", metadata);
    environment.put("DRAINWATCH_STATE_DIR", state.toString());
    environment.put("MICRONAUT_SERVER_PORT", "-1");
    Path configuration =
        Files.writeString(
            work.resolve("drainwatch.yml"),
            // both ways of writing YAML
            "drainwatch:\n  hooks: {directories: ['" + hooks(work.resolve("hooks")) + "']}\n");
    ProcessBuilder program =
        Started.drainwatch(launcher, environment, "run", "--config", configuration.toString());
    try (Started daemon = Started.start(program, work.resolve("daemon.log"))) {
      daemon.await(() -> Started.text(state.resolve("history.jsonl")).contains(OVER));
      daemon.end();
    }
  }

  /**
   * A script for some of them. The daemon runs none where others could swap it, so below /tmp, say,
   * they are put into the home directory while this program runs.
   */
  static Path hooks(Path wanted) throws IOException {
    Path directory =
        canBeChangedByOthers(wanted)
            ? madeForNow(Files.createTempDirectory(HOME, "drainwatch-training-"))
            : wanted;
    for (String each : HOOKS) {
      Path place = madeForNow(Files.createDirectories(directory.resolve(each)));
      Path hook =
          madeForNow(Files.writeString(place.resolve("10-train"), "#!/bin/sh\necho trained\n"));
      Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return directory;
  }

  private static boolean canBeChangedByOthers(Path wanted) throws IOException {
    for (Path each = wanted.toAbsolutePath(); each != null; each = each.getParent()) {
      if (Files.exists(each)
          && Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_WRITE)) {
        return true;
      }
    }
    return false;
  }

  private static Path madeForNow(Path made) {
    made.toFile().deleteOnExit();
    return made;
  }
}
