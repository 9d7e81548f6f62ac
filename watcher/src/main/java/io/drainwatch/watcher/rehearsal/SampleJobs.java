package io.drainwatch.watcher.rehearsal;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.daemon.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work on the rehearsed machine: three jobs, each a file in a directory, that end one after
 * another once the drain has begun. The sample drain hook waits for them by exit code 75.
 */
final class SampleJobs implements Witness, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SampleJobs.class);
  private static final int JOBS = 3;
  private static final long MILLISECONDS_PER_JOB = 700;

  private final Path directory;
  private final ScheduledExecutorService ends =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("rehearsal-jobs").daemon(true).factory());
  private boolean ending;

  private SampleJobs(Path directory) {
    this.directory = directory;
  }

  static SampleJobs in(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (int job = 1; job <= JOBS; job++) {
      Files.createFile(directory.resolve("job-" + job));
    }
    return new SampleJobs(directory);
  }

  @Override
  public synchronized void scriptStarted(String episode, Hook hook, String script, int attempt) {
    if (hook != Hook.DRAIN || ending) {
      return;
    }
    ending = true;
    for (int job = 1; job <= JOBS; job++) {
      Path file = directory.resolve("job-" + job);
      ends.schedule(() -> end(file), MILLISECONDS_PER_JOB * job, TimeUnit.MILLISECONDS);
    }
  }

  private static void end(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("the sample job {} does not end: {}", file, e.getMessage());
    }
  }

  @Override
  public void close() {
    ends.shutdownNow();
  }
}
