package io.drainwatch.drainer.bosh;

import java.time.Duration;
import java.util.Optional;

/** A script that must not run: it has failed before it began. */
record RefusedScript(String job, String why) implements JobScript {

  @Override
  public JobResult run() {
    return new JobResult.Failed(why);
  }

  @Override
  public Optional<String> cancel() {
    return Optional.empty();
  }

  @Override
  public void end(Duration grace) {}
}
