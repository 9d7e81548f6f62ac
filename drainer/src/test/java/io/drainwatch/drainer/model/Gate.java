package io.drainwatch.drainer.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** The door of the server: notes each request, and lets faults happen to it. */
final class Gate {
  private static final Set<Verb> EFFECTS =
      EnumSet.of(Verb.PATCH_NODE, Verb.PATCH_STATUS, Verb.EVICT, Verb.DELETE_POD, Verb.POST_EVENT);

  private final ModelCluster cluster;
  private final Faults faults;
  private final List<ModelRequest> requests = new ArrayList<>();
  private final Set<Call> calls = new LinkedHashSet<>();
  private final Map<Verb, Long> counts = new EnumMap<>(Verb.class);
  private Mortality mortality = Mortality.NONE;
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

  synchronized Wanted noted(Wanted wanted) {
    calls.add(Call.of(wanted));
    return wanted;
  }

  synchronized Set<Call> calls() {
    return Set.copyOf(calls);
  }

  private void note(ModelRequest request) {
    requests.add(request);
    counts.merge(request.verb(), 1L, Long::sum);
  }

  /** Also those that were forgotten. */
  synchronized long count(Verb verb) {
    return counts.getOrDefault(verb, 0L);
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

  /** Who is asked next to have an effect may not live to see it. */
  void mayDie(Mortality how) {
    mortality = how;
  }

  Mortality mortality() {
    return mortality;
  }

  <T> Reply<T> ask(Verb verb, String target, String body, Supplier<T> server) {
    return EFFECTS.contains(verb)
        ? mortality.around(
            (verb + " " + target + " " + body), () -> asked(verb, target, body, server))
        : asked(verb, target, body, server);
  }

  private synchronized <T> Reply<T> asked(
      Verb verb, String target, String body, Supplier<T> server) {
    ModelRequest request = new ModelRequest(cluster.now(), verb, target, body);
    note(request);
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

  /** Whether the next fault planned for such a request is this one, which has happened then. */
  synchronized boolean failsBefore(Verb verb, String target, Fault fault) {
    ModelRequest request = new ModelRequest(cluster.now(), verb, target, "");
    if (!faults.next(request, fault)) {
      return false;
    }
    note(request);
    return true;
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
