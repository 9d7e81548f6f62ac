package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.scripts.Verdict;
import java.nio.file.Path;

/**
 * One job's script, and whether it runs.
 *
 * @param job the name in summaries, log and journal
 */
public record BoshEntry(String job, Path path, Verdict verdict) {

  /** Whether the job has this script: it runs, or is refused and so counts as failed. */
  public boolean counts() {
    return switch (verdict) {
      case Verdict.Runs _, Verdict.Refused _ -> true;
      case Verdict.Skipped _, Verdict.Masked _ -> false;
    };
  }
}
