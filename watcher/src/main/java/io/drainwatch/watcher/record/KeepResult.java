package io.drainwatch.watcher.record;

import java.nio.file.Path;

/** What became of something that was to be kept aside. */
public sealed interface KeepResult {

  /** Durable there. */
  record Kept(Path as) implements KeepResult {}

  /** What was tried and what came back, for the log. */
  record NotKept(String reason) implements KeepResult {}
}
