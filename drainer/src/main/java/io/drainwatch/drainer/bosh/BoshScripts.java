package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.scripts.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Makes runs of what a tree holds: one script per job that has it, a refused one fails. */
final class BoshScripts {

  private final BoshTree tree;
  private final RunSurroundings surroundings;

  BoshScripts(BoshTree tree, RunSurroundings surroundings) {
    this.tree = tree;
    this.surroundings = surroundings;
  }

  ParallelRun drain(DrainParameters parameters) {
    return parallel(
        BoshScript.DRAIN,
        entry -> new DrainScript(entry.job(), entry.path(), parameters, surroundings));
  }

  ParallelRun others(BoshScript kind, NextStates next) {
    return parallel(
        kind,
        entry ->
            new OtherScript(
                entry.job(),
                surroundings
                    .calls()
                    .other(
                        kind,
                        entry.job(),
                        entry.path(),
                        next,
                        surroundings.context().of(kind.hook(), entry.job(), 1),
                        surroundings.output().apply(entry.job())),
                surroundings.left(),
                surroundings));
  }

  private ParallelRun parallel(BoshScript kind, Function<BoshEntry, JobScript> script) {
    List<JobScript> scripts = new ArrayList<>();
    for (BoshEntry entry : tree.list(kind).entries()) {
      switch (entry.verdict()) {
        case Verdict.Runs _ -> scripts.add(script.apply(entry));
        case Verdict.Refused refused -> scripts.add(new RefusedScript(entry.job(), refused.text()));
        case Verdict.Skipped(String why, _) ->
            surroundings.listener().accept(new ScriptReport.Skipped(entry.job(), kind, why));
        case Verdict.Masked masked ->
            surroundings
                .listener()
                .accept(new ScriptReport.Skipped(entry.job(), kind, masked.text()));
      }
    }
    return new ParallelRun(kind, scripts, surroundings.listener());
  }
}
