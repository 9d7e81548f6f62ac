package io.drainwatch.azure;

import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.polling.PollResult;
import com.azure.core.util.polling.LongRunningOperationStatus;
import com.azure.core.util.polling.PollResponse;
import com.azure.core.util.polling.SyncPoller;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureCall;
import io.drainwatch.watcher.azure.AzureSettings;
import io.drainwatch.watcher.azure.Operation;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A long-running operation of the SDK, asked one poll at a time: its own ways of waiting have no
 * limit. Between two polls lies what Azure asks for, else the configured time, however often
 * anybody looks.
 */
final class SdkOperation implements Operation {
  private final SyncPoller<?, ?> poller;
  private final Asking asking;
  private final AzureCall call;
  private final ResourceId on;
  private final AzureSettings settings;
  private final InstantSource clock;
  private Instant polledAt = Instant.MIN;
  private Instant nextPoll = Instant.MIN;
  private Optional<AzureAnswer<Standing>> end = Optional.empty();

  SdkOperation(
      SyncPoller<?, ?> poller,
      Asking asking,
      AzureCall call,
      ResourceId on,
      AzureSettings settings,
      InstantSource clock) {
    this.poller = poller;
    this.asking = asking;
    this.call = call;
    this.on = on;
    this.settings = settings;
    this.clock = clock;
  }

  /** What is over as soon as it is taken. */
  static Operation done() {
    return () -> new AzureAnswer.Told<>(Standing.DONE);
  }

  /** Nothing is asked again within this look when it is not time yet. */
  @Override
  public synchronized AzureAnswer<Standing> look() {
    if (end.isPresent()) {
      return end.get();
    }
    Instant now = clock.instant();
    // a clock that was set back since tells nothing of when it is time
    if (now.isBefore(nextPoll) && !now.isBefore(polledAt)) {
      return new AzureAnswer.Told<>(Standing.UNDERWAY);
    }
    return switch (asking.<PollResponse<?>>ask(
        AzureCall.FOLLOW_OPERATION, on.words(), poller::poll)) {
      case AzureAnswer.NotTold<PollResponse<?>> not -> not.instead();
      case AzureAnswer.Told<PollResponse<?>>(PollResponse<?> polled) -> judged(polled);
    };
  }

  private AzureAnswer<Standing> judged(PollResponse<?> polled) {
    LongRunningOperationStatus status = polled.getStatus();
    if (!status.isComplete()) {
      Duration wait = Optional.ofNullable(polled.getRetryAfter()).orElse(settings.betweenLooks());
      polledAt = clock.instant();
      nextPoll = polledAt.plus(wait);
      return new AzureAnswer.Told<>(Standing.UNDERWAY);
    }
    AzureAnswer<Standing> ended =
        status.equals(LongRunningOperationStatus.SUCCESSFULLY_COMPLETED)
            ? new AzureAnswer.Told<>(Standing.DONE)
            : new AzureAnswer.NotTold<>(failure(polled));
    end = Optional.of(ended);
    return ended;
  }

  private Trouble failure(PollResponse<?> polled) {
    int status = 0;
    ManagementError error = new ManagementError("", "it ended with " + polled.getStatus());
    if (polled.getValue() instanceof PollResult<?> result && result.getError() != null) {
      status = result.getError().getResponseStatusCode();
      error = ErrorBody.of(Told.text(result.getError().getResponseBody())).orElse(error);
    }
    // an answer of its own tells of the operation; any other that it is lost from sight
    boolean isOfTheOperation = status == 0 || status / 100 == 2;
    return new Trouble(
        isOfTheOperation ? Trouble.Kind.OTHER : Trouble.Kind.of(status),
        isOfTheOperation ? call : AzureCall.FOLLOW_OPERATION,
        on.words(),
        isOfTheOperation ? OptionalInt.empty() : OptionalInt.of(status),
        Told.text(error.getCode()),
        Told.text(error.getMessage()),
        Optional.empty());
  }
}
