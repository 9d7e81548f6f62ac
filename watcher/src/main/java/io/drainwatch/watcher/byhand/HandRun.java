package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.HookListing;
import io.drainwatch.drainer.scripts.ScriptCall;
import io.drainwatch.drainer.scripts.ScriptCalls;
import io.drainwatch.drainer.scripts.ScriptSummary;
import io.drainwatch.drainer.scripts.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Shell: runs the native scripts of one hook in their order, each until it is done, has failed or
 * its time is up, and goes on after a failure as the daemon does. Blocks.
 */
public final class HandRun {

  /** {@code $2}, stdin and variables of one call. */
  private record Words(String second, byte[] input, Map<String, String> variables) {}

  /**
   * What the scripts of a hook are called for.
   *
   * @param peer the VM it is about if that is not this one
   * @param callsSoFar of a script, by its name
   */
  private record Subject(
      Optional<String> peer,
      Optional<Instant> deadline,
      Optional<Instant> notBefore,
      ToIntFunction<String> callsSoFar,
      Teller teller) {
    String nameOf(HookEntry entry) {
      return peer.map(vm -> vm + ": " + entry.name()).orElse(entry.name());
    }
  }

  private interface Teller {
    Words words(Action.RunScript asked, String file, Instant now);
  }

  private final Workbench bench;
  private final ScriptCalls calls;
  private final OneCall call;

  public HandRun(Workbench bench) {
    this.bench = bench;
    this.calls = new ScriptCalls(bench.settings().work());
    this.call = new OneCall(bench.runner(), bench.clock());
  }

  /**
   * Which scripts failed and which did not.
   *
   * @param facts of the VM that the occasion is about
   */
  public ScriptSummary run(HookListing listing, Occasion occasion, VmFacts facts)
      throws InterruptedException {
    return run(
        listing,
        new Subject(
            occasion.peer(),
            occasion.deadline(),
            occasion.notBefore(),
            script -> occasion.callsSoFar(listing.hook(), script),
            (asked, file, now) -> {
              Told told = Told.about(occasion, facts, asked, file, now, bench.settings());
              return new Words(
                  told.context().vm().disposition().word(), told.json(), told.variables());
            }));
  }

  /**
   * The scripts of {@code peer-added} for one VM. No event tells of a new VM, so they have no drain
   * context (drain-scripts.md, part 4): {@code $2} is the VM's name, stdin is empty.
   */
  public ScriptSummary runAdded(HookListing listing, String vm) throws InterruptedException {
    return run(
        listing,
        new Subject(
            Optional.of(vm),
            Optional.empty(),
            Optional.empty(),
            script -> 0,
            (asked, file, now) -> new Words(vm, new byte[0], Map.of())));
  }

  private ScriptSummary run(HookListing listing, Subject subject) throws InterruptedException {
    List<String> failed = new ArrayList<>();
    List<String> successful = new ArrayList<>();
    for (HookEntry entry : listing.scripts()) {
      String name = subject.nameOf(entry);
      boolean succeeded =
          switch (entry.verdict()) {
            case Verdict.Refused refused -> {
              bench.listener().notCalled(listing.hook(), name, entry.path(), refused.text());
              yield false;
            }
            case Verdict.Runs runs -> untilItIsOver(listing.hook(), name, entry.path(), subject);
            case Verdict.Skipped skipped -> true;
            case Verdict.Masked masked -> true;
          };
      (succeeded ? successful : failed).add(name);
    }
    return new ScriptSummary(listing.hook().word(), failed, successful);
  }

  private boolean untilItIsOver(Hook hook, String name, Path path, Subject subject)
      throws InterruptedException {
    Instant now = bench.clock().instant();
    Instant endBy = TimeLimit.endBy(hook, now, bench.settings().limit(), subject.deadline());
    int attempt = subject.callsSoFar().applyAsInt(name) + 1;
    boolean checkStatus = false;
    while (true) {
      Action.RunScript asked = new Action.RunScript(hook, name, attempt, checkStatus, endBy, false);
      switch (call(asked, path, subject, now)) {
        case Judged.Done done -> {
          return true;
        }
        case Judged.Failed ignored -> {
          return false;
        }
        case Judged.DoneAfter(Duration pausing) -> {
          bench.pause().last(pausing);
          return true;
        }
        case Judged.NotFinished again -> bench.pause().last(bench.settings().recall());
        case Judged.AgainAfter(Duration pausing) -> bench.pause().last(pausing);
      }
      attempt++;
      checkStatus = true;
      now = bench.clock().instant();
    }
  }

  private Judged call(Action.RunScript asked, Path path, Subject subject, Instant begun)
      throws InterruptedException {
    Words words = subject.teller().words(asked, String.valueOf(path.getFileName()), begun);
    Transcript transcript = new Transcript(bench.listener());
    ScriptCall script =
        calls.call(
            path,
            asked.hook(),
            words.second(),
            words.input(),
            words.variables(),
            transcript.output());
    Call told = Call.of(asked.hook(), asked.script(), asked.attempt(), script, bench.runner());
    transcript.begins(told);
    ScriptOutcome outcome =
        call.make(script, Duration.between(begun, asked.endBy()), subject.notBefore());
    Instant ended = bench.clock().instant();
    Judged judged = Judged.of(outcome);
    if (judged instanceof Judged.NotFinished
        && !ended.plus(bench.settings().recall()).isBefore(asked.endBy())) {
      judged = new Judged.Failed("not finished when its time was up");
    }
    bench
        .listener()
        .ended(
            new Call.Answer(
                told, outcome, judged, Duration.between(begun, ended), transcript.lines()));
    return judged;
  }
}
