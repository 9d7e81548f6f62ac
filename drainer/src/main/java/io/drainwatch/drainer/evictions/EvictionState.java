package io.drainwatch.drainer.evictions;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything the evictions of one Node know; immutable. Not kept over a restart. */
public final class EvictionState {
  /** Before the first start. */
  public static final EvictionState NONE =
      new EvictionState(
          Optional.empty(),
          true,
          Map.of(),
          Optional.empty(),
          Map.of(),
          Map.of(),
          Map.of(),
          Outage.NONE,
          Looks.NONE,
          Optional.empty(),
          false,
          new Counts(0, 0, 0));

  final Optional<Plan> plan;
  final boolean stopped;
  final Map<String, PodTrack> pods;
  final Optional<Instant> asOf;
  final Map<GroupKey, Group> groups;

  /** Pods of a controller are presumed to wait where one of them does. */
  final Map<GroupKey.Owner, GroupKey> siblings;

  /**
   * How many evictions of one budget's pods, or of one controller's, may be under way; grows with
   * each admitted.
   */
  final Map<GroupKey, Integer> windows;

  final Outage outage;
  final Looks looks;
  final Optional<Instant> tokenReadAt;
  final boolean withoutEvictionApi;
  final Counts counts;

  EvictionState(
      Optional<Plan> plan,
      boolean stopped,
      Map<String, PodTrack> pods,
      Optional<Instant> asOf,
      Map<GroupKey, Group> groups,
      Map<GroupKey.Owner, GroupKey> siblings,
      Map<GroupKey, Integer> windows,
      Outage outage,
      Looks looks,
      Optional<Instant> tokenReadAt,
      boolean withoutEvictionApi,
      Counts counts) {
    this.plan = plan;
    this.stopped = stopped;
    this.pods = Collections.unmodifiableMap(new LinkedHashMap<>(pods));
    this.asOf = asOf;
    this.groups = Map.copyOf(groups);
    this.siblings = Map.copyOf(siblings);
    this.windows = Map.copyOf(windows);
    this.outage = outage;
    this.looks = looks;
    this.tokenReadAt = tokenReadAt;
    this.withoutEvictionApi = withoutEvictionApi;
    this.counts = counts;
  }

  /** Lists asked for since the newest view, and when the next may be. */
  record Looks(int asked, Instant next) {
    static final Looks NONE = new Looks(0, Instant.MIN);
  }

  /**
   * @param evicted pods that went after a request of ours; each uid once
   * @param forced DELETEs at the force point
   * @param shortened terminations cut short
   */
  public record Counts(int evicted, int forced, int shortened) {}

  /** A pod that keeps the Node from being drained, and why. */
  public record Left(EvictablePod pod, String why) {}

  /** When the first start was told; empty: not yet. */
  public Optional<Instant> startedAt() {
    return plan.map(Plan::startedAt);
  }

  /**
   * The same after our clock was set: what is counted by it moves along, the deadline does not.
   *
   * @param by forward, or back where negative
   */
  public EvictionState shifted(Duration by) {
    return ClockShift.of(this, by);
  }

  /** Before the first start of another drain of the same Node, which comes right after this one. */
  public EvictionState forAnotherDrain(Instant now) {
    return AnotherDrain.after(this, now);
  }

  /** A pod waits for a budget, a webhook or the like, and none of the others has gone since. */
  public boolean isBlocked() {
    return pods.values().stream()
            .anyMatch(each -> each.present() && (each.refusals() > 0 || each.group().isPresent()))
        && pods.values().stream()
            .noneMatch(each -> each.present() && each.fate() == PodTrack.Fate.ACCEPTED);
  }

  /** A pod is held back by the budget, or is just being asked for and may be. */
  public boolean waitsForBudget(String namespace, String name) {
    return isAsking()
        && (Optional.ofNullable(groups.get(new GroupKey.Budget(namespace, name)))
                .filter(group -> group.run() > 0)
                .isPresent()
            || pods.values().stream()
                .filter(each -> each.inFlight().isPresent())
                .map(PodTrack::pod)
                .anyMatch(
                    pod -> pod.namespace().equals(namespace) && pod.budgets().contains(name)));
  }

  /** Whether it would ask for a pod now; false before the start and after a stop. */
  public boolean isAsking() {
    return plan.isPresent() && !stopped;
  }

  public Counts counts() {
    return counts;
  }

  /** How many pods there are by the newest view, by what becomes of them. */
  public Map<PodDecision, Integer> decisions() {
    Map<PodDecision, Integer> count = new EnumMap<>(PodDecision.class);
    pods.values().stream()
        .filter(PodTrack::present)
        .forEach(each -> count.merge(each.pod().decision(), 1, Integer::sum));
    return count;
  }

  /** Since when the pod that waits longest has been refused, by why. */
  public Map<BlockedCause, Instant> blockedSince() {
    Map<BlockedCause, Instant> since = new EnumMap<>(BlockedCause.class);
    pods.values().stream()
        .filter(PodTrack::present)
        .flatMap(each -> each.blocked().stream())
        .forEach(each -> since.merge(each.cause(), each.since(), (a, b) -> a.isBefore(b) ? a : b));
    return since;
  }

  /** Requests under way. */
  public int inFlight() {
    return (int) pods.values().stream().filter(each -> each.inFlight().isPresent()).count();
  }

  /** By the newest view; never proof that the Node is empty: that is {@link CompletionFence}. */
  public List<Left> left() {
    List<Left> left = new ArrayList<>();
    for (PodTrack track : pods.values()) {
      if (track.present() && track.pod().decision().blocks()) {
        left.add(new Left(track.pod(), why(track)));
      }
    }
    return List.copyOf(left);
  }

  /**
   * The same for whoever looks, each with what refuses it: first those that were refused, for the
   * longest first. What is only presumed to wait behind another pod has no time.
   */
  public List<Obstacle> obstacles() {
    List<Obstacle> all = new ArrayList<>();
    for (PodTrack track : pods.values()) {
      if (track.present() && track.pod().decision().blocks()) {
        all.add(
            new Obstacle(
                track.pod().path(),
                why(track),
                track.blocked().map(PodTrack.Blocked::cause),
                refusingBudgets(track),
                track.blocked().map(PodTrack.Blocked::since)));
      }
    }
    all.sort(Obstacle.LONGEST_REFUSED_FIRST);
    return List.copyOf(all);
  }

  /** Which budgets refuse, by namespace/name, as far as they are known. */
  public Map<String, Refusals> refusingBudgets() {
    Map<String, Refusals> all = new TreeMap<>();
    for (PodTrack track : pods.values()) {
      if (track.present() && track.pod().decision().blocks()) {
        Refusals one = new Refusals(1, track.blocked().map(PodTrack.Blocked::since));
        refusingBudgets(track).forEach(name -> all.merge(name, one, Refusals::and));
      }
    }
    return all;
  }

  private List<String> refusingBudgets(PodTrack track) {
    EvictablePod pod = track.pod();
    Optional<GroupKey> waitsIn =
        GroupKey.waitingIn(pod, track.group(), groups, siblings)
            .filter(
                key -> Optional.ofNullable(groups.get(key)).filter(it -> it.run() > 0).isPresent());
    if (waitsIn.isPresent() && waitsIn.get() instanceof GroupKey.Budget budget) {
      return List.of(budget.namespace() + "/" + budget.name());
    }
    return track.blocked().filter(each -> each.cause().isOfBudgets()).isPresent()
        ? pod.budgets().stream().map(name -> pod.namespace() + "/" + name).toList()
        : List.of();
  }

  private static String why(PodTrack track) {
    String own =
        switch (track.pod().decision()) {
          case EVICT -> track.pod().isTerminating() ? "terminating" : "not evicted yet";
          case LATER -> "waits for other pods to go first";
          case HOLD -> "held";
          case WAIT -> "terminating";
          case WAIT_COMPLETED -> "waited for until it is finished";
          case BLOCK -> "terminating and stuck";
          // not asked for: it does not block
          case IGNORE -> "ignored";
        };
    return track.why().isEmpty() ? own : own + ": " + track.why();
  }
}
