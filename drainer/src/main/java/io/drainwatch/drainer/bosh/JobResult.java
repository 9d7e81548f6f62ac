package io.drainwatch.drainer.bosh;

/** What became of one job's script. */
public sealed interface JobResult {

  /** It did what it should. */
  record Successful() implements JobResult {}

  /** It did not; the text is for people. */
  record Failed(String why) implements JobResult {}
}
