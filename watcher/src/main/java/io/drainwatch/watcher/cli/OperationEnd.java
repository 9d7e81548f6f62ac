package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.Operation;
import io.drainwatch.watcher.azure.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Waits until an operation is over, for a limited time. A look that fails says nothing of the
 * operation, which Azure goes on with: it is asked again.
 */
record OperationEnd(Caller caller, Duration limit) {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** What came of it. */
  sealed interface Outcome {
    record Done() implements Outcome {}

    /** Azure has ended it without doing it. */
    record Failed(String sentence) implements Outcome {}

    /** It may still go on. */
    record NotKnown(String sentence) implements Outcome {}
  }

  Outcome of(Operation operation) throws InterruptedException {
    Instant end = caller.clock().instant().plus(limit);
    while (true) {
      Optional<Trouble> unseen = Optional.empty();
      switch (operation.look()) {
        case AzureAnswer.NotTold<Operation.Standing>(Trouble trouble) -> {
          if (!trouble.isOfFollowing()) {
            return new Outcome.Failed(trouble.sentence());
          }
          unseen = Optional.of(trouble);
        }
        case AzureAnswer.Told<Operation.Standing>(Operation.Standing standing) -> {
          if (standing == Operation.Standing.DONE) {
            return new Outcome.Done();
          }
        }
      }
      if (!caller.clock().instant().isBefore(end)) {
        return new Outcome.NotKnown(late(unseen));
      }
      caller.pause().last(BETWEEN_LOOKS);
    }
  }

  private String late(Optional<Trouble> unseen) {
    return unseen.map(trouble -> trouble.sentence() + " ").orElse("")
        + "After "
        + limit.toMinutes()
        + " min its end is not known and it goes on in Azure; see the resource's activity log.";
  }
}
