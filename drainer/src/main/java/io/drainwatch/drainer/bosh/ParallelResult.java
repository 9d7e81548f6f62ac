package io.drainwatch.drainer.bosh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What became of the scripts of one kind.
 *
 * @param jobs in order of their names
 */
public record ParallelResult(BoshScript kind, SequencedMap<String, JobResult> jobs) {

  public ParallelResult {
    jobs = new LinkedHashMap<>(jobs);
  }

  /** The sentence of BOSH; empty when all went well, or nothing was to be done. */
  public Optional<String> failure() {
    List<String> failed = new ArrayList<>();
    List<String> successful = new ArrayList<>();
    for (Map.Entry<String, JobResult> job : jobs.entrySet()) {
      switch (job.getValue()) {
        case JobResult.Failed _ -> failed.add(job.getKey());
        case JobResult.Successful _ -> successful.add(job.getKey());
      }
    }
    return failed.isEmpty() ? Optional.empty() : Optional.of(kind.summary(failed, successful));
  }
}
