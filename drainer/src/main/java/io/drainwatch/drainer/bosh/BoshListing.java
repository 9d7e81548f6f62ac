package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.scripts.Verdict;
import java.util.List;

/** One kind of script over all jobs, in order of the jobs' names; skipped ones are among them. */
public record BoshListing(BoshScript script, List<BoshEntry> entries) {

  public BoshListing {
    entries = List.copyOf(entries);
  }

  /** The jobs that have it: it runs, or is refused. */
  public List<BoshEntry> scripts() {
    return entries.stream().filter(BoshEntry::counts).toList();
  }

  /** What looks like a mistake: skipped, but not silently. */
  public List<BoshEntry> warnings() {
    return entries.stream()
        .filter(entry -> entry.verdict() instanceof Verdict.Skipped skipped && !skipped.silent())
        .toList();
  }
}
