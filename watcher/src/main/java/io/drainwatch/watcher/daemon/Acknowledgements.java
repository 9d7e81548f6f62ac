package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Observation.AcknowledgeAnswered;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.watcher.events.AcknowledgeAnswer;
import io.drainwatch.watcher.events.MetadataClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Sends acknowledgements, beside the folding thread; whether and when is the core's affair. */
final class Acknowledgements implements Deeds {
  private final MetadataClient client;
  private final Executor executor;
  private final Optional<NodeSide> node;
  private final Predicate<String> stillStands;
  private final List<Witness> witnesses;

  /**
   * @param stillStands of an event's id: asked right before the POST of a Node; false: the core was
   *     told, and nothing is sent
   */
  Acknowledgements(
      MetadataClient client,
      Executor executor,
      Optional<NodeSide> node,
      Predicate<String> stillStands,
      List<Witness> witnesses) {
    this.client = client;
    this.executor = executor;
    this.node = node;
    this.stillStands = stillStands;
    this.witnesses = List.copyOf(witnesses);
  }

  @Override
  public boolean carryOut(Action action, Watch watch, Consumer<Observation> report) {
    if (!(action instanceof Action.Acknowledge(String eventId, int attempt))) {
      return false;
    }
    Runnable send = () -> executor.execute(() -> send(eventId, attempt, report));
    node.ifPresentOrElse(side -> side.whenAckable(eventId, send), send);
    return true;
  }

  private void send(String eventId, int attempt, Consumer<Observation> report) {
    if (node.isPresent() && !stillStands.test(eventId)) {
      return;
    }
    AcknowledgeAnswer answer = client.acknowledge(eventId);
    witnesses.forEach(witness -> witness.acknowledged(eventId, attempt, answer));
    node.ifPresent(side -> side.acknowledged(eventId, status(answer)));
    report.accept(observed(eventId, answer));
  }

  private static int status(AcknowledgeAnswer answer) {
    return switch (answer) {
      case AcknowledgeAnswer.Accepted() -> 200;
      case AcknowledgeAnswer.Refused refused -> refused.status();
      case AcknowledgeAnswer.Unclear unclear -> unclear.status().orElse(0);
    };
  }

  private static Observation observed(String eventId, AcknowledgeAnswer answer) {
    return switch (answer) {
      case AcknowledgeAnswer.Accepted() ->
          new AcknowledgeAnswered(eventId, AcknowledgeAnswered.Answer.ACCEPTED, Optional.empty());
      case AcknowledgeAnswer.Refused ignored ->
          new AcknowledgeAnswered(eventId, AcknowledgeAnswered.Answer.REFUSED, Optional.empty());
      case AcknowledgeAnswer.Unclear unclear ->
          new AcknowledgeAnswered(eventId, AcknowledgeAnswered.Answer.UNCLEAR, retryAfter(unclear));
    };
  }

  // 410: the endpoint is being updated, for up to 70 s; the platform's clients try each 5 s
  private static Optional<Duration> retryAfter(AcknowledgeAnswer.Unclear unclear) {
    return switch (unclear.kind()) {
      case UPDATING -> Optional.of(unclear.retryAfter().orElse(Duration.ofSeconds(5)));
      default -> unclear.retryAfter();
    };
  }
}
