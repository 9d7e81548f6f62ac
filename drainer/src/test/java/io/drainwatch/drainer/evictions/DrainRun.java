package io.drainwatch.drainer.evictions;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.evictions.EvictionRequest.ForPod;
import io.drainwatch.drainer.maintenance.AtDeadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A drain against a made-up API server, in virtual time. Looks at every step whether a promise of
 * {@link Evictions} is broken; written against the specification, not against the core.
 */
final class DrainRun {
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  /** What the server says to a request; an accepted one makes the pod terminate. */
  interface Server {
    EvictionAnswer answer(ForPod request, Instant at);
  }

  record Sent(EvictionRequest request, Instant at) {}

  private record Due(Instant at, long order, Runnable work) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
  private final EvictionSettings settings;
  private final Evictions evictions;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Instant> lastSent = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();
  private Optional<Instant> deadline = Optional.empty();
  private boolean stopped = true;
  private Instant asOf = START;
  private long order;
  final Map<String, EvictablePod> pods = new LinkedHashMap<>();
  final List<Sent> sent = new ArrayList<>();
  final List<EvictionNotice> notices = new ArrayList<>();
  EvictionState state = EvictionState.NONE;
  Instant now = START;
  Server server = (request, at) -> Answers.accepted();
  Duration latency = Duration.ofMillis(20);
  double jitter = 0.5;
  boolean listsWork = true;
  boolean podsEnd = true;
  int mostUnderWay;

  DrainRun(EvictionSettings settings) {
    this.settings = settings;
    evictions = new Evictions(settings);
  }

  static DrainRun of(Pods... pods) {
    return new DrainRun(EvictionSettings.DEFAULT).with(pods);
  }

  DrainRun with(Pods... more) {
    for (Pods each : more) {
      pods.put(each.pod().uid(), each.pod());
    }
    return this;
  }

  DrainRun answering(EvictionAnswer answer) {
    server = (request, at) -> answer;
    return this;
  }

  DrainRun start() {
    return begin(Optional.empty(), AtDeadline.LEAVE);
  }

  DrainRun start(Duration left, AtDeadline atDeadline) {
    return begin(Optional.of(now.plus(left)), atDeadline);
  }

  private DrainRun begin(Optional<Instant> until, AtDeadline atDeadline) {
    boolean first = sent.isEmpty() && seen.isEmpty();
    restart(until, atDeadline);
    list();
    if (first) {
      relist();
    }
    return this;
  }

  void restart(Optional<Instant> until, AtDeadline atDeadline) {
    deadline = until;
    stopped = false;
    observe(new EvictionObservation.Start(until, atDeadline, now, true));
  }

  void stop() {
    stopped = true;
    observe(new EvictionObservation.Stop());
  }

  private void relist() {
    later(
        Duration.ofSeconds(20),
        () -> {
          list();
          relist();
        });
  }

  void list() {
    if (listsWork) {
      asOf = now;
      watched();
    }
  }

  /** The watch tells of a change: the view's age stays. */
  void watched() {
    seen.addAll(pods.keySet());
    observe(new EvictionObservation.PodsSeen(List.copyOf(pods.values()), asOf));
  }

  void later(Duration delay, Runnable work) {
    queue.add(new Due(now.plus(delay), order++, work));
  }

  void observe(EvictionObservation observation) {
    EvictionStep step = evictions.next(state, observation, now);
    state = step.state();
    notices.addAll(step.notices());
    for (EvictionRequest request : step.requests()) {
      sent.add(new Sent(request, now));
      switch (request) {
        case ForPod forPod -> send(forPod);
        case EvictionRequest.Look() -> later(Duration.ofMillis(5), this::list);
        case EvictionRequest.ReadToken() -> {}
      }
    }
  }

  private void send(ForPod request) {
    String uid = request.pod().uid();
    assertThat(seen).as("never a uid not seen").contains(uid);
    assertThat(stopped).as("I7 nothing after a stop").isFalse();
    assertThat(deadline.filter(end -> !now.isBefore(end))).as("not after the deadline").isEmpty();
    assertThat(now)
        .as("no request on a view older than 30 s")
        .isBeforeOrEqualTo(asOf.plusSeconds(30));
    Optional.ofNullable(lastSent.put(uid, now))
        .ifPresent(
            at ->
                assertThat(Duration.between(at, now))
                    .as("I5 %s", uid)
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
    graceOf(request)
        .ifPresent(it -> assertThat(it).as("I6").isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
    assertThat(underWay.add(uid)).as("one request at a time for %s", uid).isTrue();
    mostUnderWay = Math.max(mostUnderWay, underWay.size());
    assertThat(underWay).hasSizeLessThanOrEqualTo(settings.mostInFlight());
    assertThat(state.inFlight()).isGreaterThanOrEqualTo(1);
    EvictionAnswer answer = server.answer(request, now);
    if (answer.equals(Answers.accepted())) {
      terminate(request);
    }
    later(
        latency,
        () -> {
          underWay.remove(uid);
          observe(new EvictionObservation.Answered(uid, request.attempt(), answer, jitter));
        });
  }

  void terminate(ForPod request) {
    String uid = request.pod().uid();
    Duration grace = graceOf(request).orElse(request.pod().grace());
    pods.computeIfPresent(uid, (key, pod) -> Pods.terminating(pod, grace));
    later(latency.plusMillis(1), this::watched);
    if (podsEnd) {
      later(
          grace.plus(latency).plusMillis(2),
          () -> {
            pods.remove(uid);
            watched();
          });
    }
  }

  static Optional<Duration> graceOf(ForPod request) {
    return switch (request) {
      case EvictionRequest.Evict evict -> evict.grace();
      case EvictionRequest.Delete delete -> delete.grace();
    };
  }

  /** Wakes the core when it asks for it, and lets happen what is to happen. */
  DrainRun run(Duration duration) {
    Instant until = now.plus(duration);
    int steps = 0;
    while (true) {
      assertThat(steps++).as("no hot loop").isLessThan(100_000);
      Optional<Instant> wake = evictions.wakeAt(state, now);
      assertThat(wake.filter(at -> !at.isAfter(now))).as("wakes after now").isEmpty();
      Optional<Instant> due = Optional.ofNullable(queue.peek()).map(Due::at);
      if (wake.isPresent() && due.map(wake.get()::isBefore).orElse(true)) {
        if (wake.get().isAfter(until)) {
          break;
        }
        now = wake.get();
        observe(new EvictionObservation.Tick());
      } else if (due.isPresent() && !due.get().isAfter(until)) {
        now = due.get();
        queue.remove().work().run();
      } else {
        break;
      }
    }
    now = until;
    return this;
  }

  DrainRun run(int seconds) {
    return run(Duration.ofSeconds(seconds));
  }

  List<Sent> evictionsOf(String name) {
    return sent.stream()
        .filter(
            it ->
                it.request() instanceof EvictionRequest.Evict evict
                    && evict.pod().name().equals(name))
        .toList();
  }

  List<Sent> evictions() {
    return sent.stream().filter(it -> it.request() instanceof EvictionRequest.Evict).toList();
  }

  List<Sent> deletes() {
    return sent.stream().filter(it -> it.request() instanceof EvictionRequest.Delete).toList();
  }

  List<Duration> gaps(List<Sent> requests) {
    List<Duration> gaps = new ArrayList<>();
    for (int i = 1; i < requests.size(); i++) {
      gaps.add(Duration.between(requests.get(i - 1).at(), requests.get(i).at()));
    }
    return gaps;
  }

  List<EvictionNotice.Reason> reasons() {
    return notices.stream().map(EvictionNotice::reason).distinct().toList();
  }
}
