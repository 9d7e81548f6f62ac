package io.drainwatch.watcher.report;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.watcher.daemon.Witness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reports an operator's command and tells what the core made of it: the very step that took the
 * observation in is awaited, so the answer is about this command and no other. The core says no by
 * a notice ({@link Reason#ALREADY_DRAINING}, {@link Reason#NOTHING_TO_RESUME}) and says nothing at
 * all while it does not know which machine it is on.
 */
public final class OperatorAnswers implements Witness {

  /** What became of a command. */
  public sealed interface Answer {
    record Taken(Watch watch) implements Answer {}

    /**
     * Nothing was changed.
     *
     * @param reason a word for machines
     * @param detail for people
     */
    record Refused(String reason, String detail) implements Answer {}

    /** Not taken in within that time. It is in the inbox still and may be taken later. */
    record NotYet(Duration waited) implements Answer {}
  }

  private record Waiting(Observation command, CompletableFuture<Answer> answer) {}

  private final List<Waiting> waiting = new CopyOnWriteArrayList<>();

  /**
   * @param report where observations go
   * @param longest how long the answer is awaited
   */
  public CompletableFuture<Answer> ask(
      Observation command, Consumer<Observation> report, Duration longest) {
    Waiting asked = new Waiting(command, new CompletableFuture<>());
    waiting.add(asked);
    CompletableFuture<Answer> answer =
        asked
            .answer()
            .completeOnTimeout(
                new Answer.NotYet(longest), longest.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((any, failure) -> waiting.remove(asked));
    report.accept(command);
    return answer;
  }

  @Override
  public void stepped(Step step) {
    if (waiting.isEmpty()) {
      return;
    }
    for (Waiting each : waiting) {
      // the same object: two commands may well be equal
      if (isSame(each.command(), step.observation())) {
        each.answer().complete(answer(step));
      }
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Observation one, Observation other) {
    return one == other;
  }

  private static Answer answer(Step step) {
    Optional<Answer> refusal =
        step.transition().actions().stream()
            .flatMap(action -> refusal(action).stream())
            .findFirst();
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Watch watch = step.transition().watch();
    return watch.machine().isEmpty()
        ? new Answer.Refused(
            "unknown_machine", "which machine this is is not known yet; try again in a moment")
        : new Answer.Taken(watch);
  }

  private static Optional<Answer> refusal(Action action) {
    if (action instanceof Action.Notify(Reason reason, String detail)
        && (reason == Reason.ALREADY_DRAINING || reason == Reason.NOTHING_TO_RESUME)) {
      return Optional.of(new Answer.Refused(reason.label(), reason.text() + ": " + detail));
    }
    return Optional.empty();
  }
}
