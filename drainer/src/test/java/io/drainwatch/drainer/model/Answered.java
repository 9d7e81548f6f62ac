package io.drainwatch.drainer.model;

import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.evictions.ApiStatus;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionAnswer.Body;
import io.drainwatch.drainer.evictions.EvictionAnswer.Failure;
import java.time.Duration;
import java.util.Optional;

/** From what reached the client to the values of the drain's seam. */
final class Answered {
  private Answered() {}

  static EvictionAnswer eviction(Reply<ModelAnswer> reply) {
    return switch (reply) {
      case Reply.Said<ModelAnswer>(ModelAnswer answer, boolean ignored) -> http(answer);
      case Reply.Refused<ModelAnswer>(ModelAnswer.Said answer) -> http(answer);
      case Reply.Garbled<ModelAnswer>(ModelAnswer answer, Fault fault) ->
          fault == Fault.TRUNCATED
              ? new EvictionAnswer.Http(
                  answer.code(),
                  new Body.Unreadable("{\"kind\":\"Status\",\"apiVers"),
                  Optional.empty())
              : new EvictionAnswer.Http(
                  200, new Body.Unreadable("<html><body>ok</body></html>"), Optional.empty());
      case Reply.Broken<ModelAnswer>(Fault fault) ->
          new EvictionAnswer.Failed(failure(fault), why(fault));
    };
  }

  private static EvictionAnswer http(ModelAnswer answer) {
    return switch (answer) {
      case ModelAnswer.Of of ->
          new EvictionAnswer.Http(of.code(), new Body.OtherJson(), Optional.empty());
      case ModelAnswer.Said said ->
          new EvictionAnswer.Http(said.code(), body(said), Gate.retryAfter(said));
    };
  }

  private static Body body(ModelAnswer.Said said) {
    return Fault.isPlainText(said)
        ? new Body.Unreadable(said.status().message())
        : new Body.StatusBody(said.status());
  }

  static WriteAnswer write(Reply<ModelAnswer> reply) {
    return switch (reply) {
      case Reply.Said<ModelAnswer>(ModelAnswer answer, boolean ignored) -> written(answer);
      case Reply.Refused<ModelAnswer>(ModelAnswer.Said answer) -> written(answer);
      case Reply.Garbled<ModelAnswer>(ModelAnswer ignored, Fault fault) ->
          new WriteAnswer.Unclear("an answer that cannot be read: " + fault);
      case Reply.Broken<ModelAnswer>(Fault fault) -> new WriteAnswer.Unclear(why(fault));
    };
  }

  private static WriteAnswer written(ModelAnswer answer) {
    return switch (answer) {
      case ModelAnswer.Of(int ignored, ModelNode node) -> new WriteAnswer.Done(node.facts());
      case ModelAnswer.Of of -> new WriteAnswer.Unclear("not a Node: " + of.object().key());
      case ModelAnswer.Said said ->
          switch (said.code()) {
            case 404 ->
                said.status().kind().equals("nodes")
                    ? new WriteAnswer.Gone()
                    : new WriteAnswer.Unclear(line(said));
            case 409 -> new WriteAnswer.Conflict();
            case 400, 403, 405, 413, 415, 422 -> new WriteAnswer.Refused(said.code(), line(said));
            default -> new WriteAnswer.Unclear(line(said));
          };
    };
  }

  static Duration retryAfter(ModelAnswer.Said said) {
    return Duration.ofSeconds(said.status().retryAfterSeconds().orElse(0));
  }

  static String line(ModelAnswer.Said said) {
    ApiStatus status = said.status();
    return said.code() + " " + status.message();
  }

  static String why(Fault fault) {
    return switch (failure(fault)) {
      case TIMEOUT -> "no answer within 10 s";
      case RESET -> "connection reset by peer";
      case TLS -> "TLS handshake failed: certificate unknown";
    };
  }

  private static Failure failure(Fault fault) {
    return switch (fault) {
      case TIMEOUT_BEFORE, TIMEOUT_AFTER -> Failure.TIMEOUT;
      case TLS -> Failure.TLS;
      default -> Failure.RESET;
    };
  }
}
