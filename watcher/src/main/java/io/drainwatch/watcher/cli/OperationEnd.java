package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.Operation;
import io.drainwatch.watcher.azure.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Waits until an operation is over, for a limited time. */
record OperationEnd(Caller caller, Duration limit) {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** What went wrong, as a sentence; empty when it is done. */
  Optional<String> of(Operation operation) throws InterruptedException {
    Instant end = caller.clock().instant().plus(limit);
    while (true) {
      switch (operation.look()) {
        case AzureAnswer.NotTold<Operation.Standing>(Trouble trouble) -> {
          return Optional.of(trouble.sentence());
        }
        case AzureAnswer.Told<Operation.Standing>(Operation.Standing standing) -> {
          if (standing == Operation.Standing.DONE) {
            return Optional.empty();
          }
        }
      }
      if (!caller.clock().instant().isBefore(end)) {
        return Optional.of(
            "It is not over after "
                + limit.toMinutes()
                + " min and goes on in Azure; see the resource's activity log.");
      }
      caller.pause().last(BETWEEN_LOOKS);
    }
  }
}
