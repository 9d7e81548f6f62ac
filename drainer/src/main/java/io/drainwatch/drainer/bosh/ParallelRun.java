package io.drainwatch.drainer.bosh;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Runs the scripts of one kind all at once, each on a virtual thread, and waits for every one of
 * them: a failure stops no other.
 */
final class ParallelRun {

  private final BoshScript kind;
  private final List<JobScript> scripts;
  private final Consumer<ScriptReport> listener;

  ParallelRun(BoshScript kind, List<JobScript> scripts, Consumer<ScriptReport> listener) {
    this.kind = kind;
    this.scripts = List.copyOf(scripts);
    this.listener = listener;
  }

  List<String> jobs() {
    return scripts.stream().map(JobScript::job).toList();
  }

  ParallelResult run() throws InterruptedException {
    SequencedMap<String, Future<JobResult>> running = new LinkedHashMap<>();
    SequencedMap<String, JobResult> results = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      scripts.forEach(script -> running.put(script.job(), threads.submit(() -> run(script))));
      for (var job : running.entrySet()) {
        results.put(job.getKey(), result(job.getValue()));
      }
    }
    return new ParallelResult(kind, results);
  }

  /** Cancels each once, and tells why one or more cannot be (B25). */
  Optional<String> cancel() {
    List<String> problems =
        scripts.stream().map(JobScript::cancel).flatMap(Optional::stream).toList();
    return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
  }

  /** Ends each, even those that cannot be cancelled. */
  void end(Duration grace) {
    scripts.forEach(script -> script.end(grace));
  }

  private JobResult run(JobScript script) {
    JobResult result = script.run();
    listener.accept(new ScriptReport.Over(script.job(), result));
    return result;
  }

  private static JobResult result(Future<JobResult> job) throws InterruptedException {
    try {
      return job.get();
    } catch (ExecutionException e) { // a bug; the other jobs' results must not be lost for it
      return new JobResult.Failed("the run of it broke: " + e.getCause());
    }
  }
}
