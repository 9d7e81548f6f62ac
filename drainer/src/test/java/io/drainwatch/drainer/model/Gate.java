package io.drainwatch.drainer.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The door of the server: notes each request, and lets faults happen to it. */
final class Gate {
  private final ModelCluster cluster;
  private final Faults faults;
  private final List<ModelRequest> requests = new ArrayList<>();
  private boolean tokenIsOld;
  private int tokenReads;

  Gate(ModelCluster cluster) {
    this.cluster = cluster;
    this.faults = new Faults(cluster.clock());
  }

  Faults faults() {
    return faults;
  }

  synchronized List<ModelRequest> requests() {
    return List.copyOf(requests);
  }

  synchronized void forgetRequests() {
    requests.clear();
  }

  void rotateToken() {
    tokenIsOld = true;
  }

  void tokenIsRead() {
    tokenIsOld = false;
    tokenReads++;
  }

  int tokenReads() {
    return tokenReads;
  }

  synchronized <T> Reply<T> ask(Verb verb, String target, String body, Supplier<T> server) {
    ModelRequest request = new ModelRequest(cluster.now(), verb, target, body);
    requests.add(request);
    if (tokenIsOld) {
      return new Reply.Refused<>(Fault.UNAUTHORIZED.answer(request).orElseThrow());
    }
    Optional<Fault> fault = faults.next(request);
    if (fault.isEmpty()) {
      return new Reply.Said<>(server.get(), false);
    }
    Fault wrong = fault.get();
    Optional<ModelAnswer.Said> answer = wrong.answer(request);
    if (answer.isPresent()) {
      return new Reply.Refused<>(answer.get());
    }
    if (!wrong.commits()) {
      return new Reply.Broken<>(wrong);
    }
    T done = server.get();
    return switch (wrong) {
      case SLOW -> new Reply.Said<>(done, true);
      case TRUNCATED, WRONG_TYPE -> new Reply.Garbled<>(done, wrong);
      default -> new Reply.Broken<>(wrong);
    };
  }

  static Optional<String> retryAfter(ModelAnswer answer) {
    if (answer instanceof ModelAnswer.Said said) {
      OptionalInt seconds = said.status().retryAfterSeconds();
      return seconds.isPresent()
          ? Optional.of(Integer.toString(seconds.getAsInt()))
          : Optional.empty();
    }
    return Optional.empty();
  }
}
