package io.drainwatch.watcher.record;

/** What became of an append. Only the first allows anything to be done because of the record. */
public sealed interface AppendResult {

  /** Forced to the disk: found again after any crash from now on, unless a later one is. */
  record Appended(long seq) implements AppendResult {}

  /**
   * Not durable, so nothing that depends on it may be done. The next append starts clean. After a
   * crash right now the record may still be found, or not.
   *
   * @param reason what was tried and what came back, for the log
   */
  record NotAppended(String reason) implements AppendResult {}
}
