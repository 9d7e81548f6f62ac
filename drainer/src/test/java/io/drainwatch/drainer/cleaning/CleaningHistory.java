package io.drainwatch.drainer.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.pods.PodPhase;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What may happen to some sets of one namespace, and how all of it has to end. */
final class CleaningHistory {
  private static final int STRIDES = 160;
  private static final Duration STRIDE = Duration.ofSeconds(5);
  private static final List<String> TEMPLATES =
      List.of(
          "{\"spec\":{\"containers\":[{\"name\":\"c\"}]}}",
          "{\"spec\":{\"containers\":[{\"name\":\"mended\"}]}}",
          "{bad");

  enum What {
    SCALE,
    DELETE,
    DELETE_IN_FOREGROUND,
    DELETE_WITHOUT_PODS,
    MAKE_ANEW,
    CHANGE_TEMPLATE,
    REMOVE_TEMPLATE,
    SKIP,
    SKIP_CLAIM,
    MAINTAIN,
    REMOVE_CLAIMS,
    CRASH,
    LOSE_LEASE,
    LOSE_WATCH,
    BIND,
    BEGIN,
    RUN,
    FAIL,
    SUCCEED,
    CONTROL,
    REAP,
    TELL,
    WORK,
    SETTLE,
    PASS
  }

  static final What[] OF_PEOPLE = {
    What.SCALE,
    What.SCALE,
    What.SCALE,
    What.SCALE,
    What.SCALE,
    What.SCALE,
    What.SCALE,
    What.SCALE,
    What.DELETE,
    What.DELETE_IN_FOREGROUND,
    What.DELETE_WITHOUT_PODS,
    What.MAKE_ANEW,
    What.MAKE_ANEW,
    What.MAKE_ANEW,
    What.CHANGE_TEMPLATE,
    What.CHANGE_TEMPLATE,
    What.CHANGE_TEMPLATE,
    What.REMOVE_TEMPLATE,
    What.SKIP,
    What.SKIP,
    What.SKIP_CLAIM,
    What.MAINTAIN,
    What.MAINTAIN,
    What.MAINTAIN,
    What.REMOVE_CLAIMS
  };
  static final What[] OF_MACHINES = {What.CRASH, What.LOSE_LEASE, What.LOSE_WATCH};
  static final What[] ORDINARY = {
    What.BIND,
    What.BEGIN,
    What.RUN,
    What.RUN,
    What.FAIL,
    What.SUCCEED,
    What.SUCCEED,
    What.CONTROL,
    What.CONTROL,
    What.REAP,
    What.TELL,
    What.TELL,
    What.TELL,
    What.WORK,
    What.WORK,
    What.SETTLE,
    What.SETTLE,
    What.SETTLE,
    What.PASS
  };

  record Happening(What what, int which) {}

  private final CleanerRun run = new CleanerRun();
  private final Map<String, SetFacts> made = new LinkedHashMap<>();

  /** Sets that were deleted in a way that leaves claims. */
  private final Set<String> letGo = new HashSet<>();

  private int generations;

  static CleaningHistory ofNamesThatBeginAlike(boolean parallel) {
    return new CleaningHistory(
        CleanerRun.set("db", 3, parallel, "data", "log"),
        CleanerRun.set("db-0", 2, false, "data"),
        CleanerRun.set("db-0-1", 2, parallel, "data"));
  }

  static CleaningHistory ofNamesThatFitTwoSets(boolean parallel) {
    return new CleaningHistory(
        CleanerRun.set("db", 3, parallel, "data-web", "log"),
        CleanerRun.set("web-db", 2, parallel, "data"));
  }

  private CleaningHistory(SetFacts... sets) {
    for (SetFacts set : sets) {
      made.put(set.id().name(), set);
      run.with(set);
    }
    run.start().settle();
  }

  void happens(Happening happening) {
    int which = happening.which();
    List<String> names = List.copyOf(made.keySet());
    String name = names.get(which % names.size());
    int other = which / names.size();
    PaperCluster cluster = run.cluster;
    switch (happening.what()) {
      case SCALE -> cluster.scale(name, other % 5);
      case DELETE -> delete(name, List.of());
      case DELETE_IN_FOREGROUND -> delete(name, List.of("foregroundDeletion"));
      case DELETE_WITHOUT_PODS -> delete(name, List.of("orphan"));
      case MAKE_ANEW -> makeAnew(name);
      case CHANGE_TEMPLATE ->
          cluster.template(name, Optional.of(TEMPLATES.get(other % 7 % TEMPLATES.size())));
      case REMOVE_TEMPLATE -> {
        cluster.template(name, Optional.empty());
        noteIfTerminating(name);
      }
      case SKIP -> {
        cluster.skip(name, other % 3 == 0);
        noteIfTerminating(name);
      }
      case SKIP_CLAIM -> {
        any(cluster.claims(), which).ifPresent(each -> cluster.skipClaim(each, other % 3 == 0));
        names.forEach(this::noteIfTerminating);
      }
      case MAINTAIN -> cluster.maintain("n" + which % 2, other % 3 != 0);
      case REMOVE_CLAIMS -> removeClaims(name, other % 4);
      case CRASH -> {
        cluster.crashAt = cluster.requests.size() + other % 4;
        cluster.crashesAfterwards = which % 2 == 0;
      }
      case LOSE_LEASE -> {
        cluster.interruptedAt = cluster.requests.size() + other % 3;
        cluster.interruption = run::anotherLeads;
      }
      case LOSE_WATCH -> cluster.lose(which);
      case BIND -> ours(which).ifPresent(cluster::bind);
      case BEGIN -> ours(which).ifPresent(cluster::begin);
      case RUN -> ours(which).ifPresent(this::runs);
      case FAIL -> ours(which).ifPresent(each -> cluster.run(each, PodPhase.FAILED));
      case SUCCEED -> ours(which).ifPresent(each -> cluster.run(each, PodPhase.SUCCEEDED));
      case CONTROL -> cluster.control();
      case REAP -> cluster.reap();
      case TELL -> {
        for (int i = 0; i <= other % 12; i++) {
          cluster.deliver(which);
        }
      }
      case WORK -> {
        for (int i = 0; i <= other % 12; i++) {
          run.step();
        }
      }
      case SETTLE -> run.settle();
      case PASS -> run.desk.pass(Duration.ofSeconds(other % 40));
    }
    assertThat(cluster.broken).as("after " + happening).isEmpty();
  }

  private void runs(String pod) {
    if (run.cluster.pod(pod).filter(each -> each.node().isEmpty()).isPresent()) {
      run.cluster.bind(pod);
    } else {
      run.cluster.run(pod, PodPhase.RUNNING);
    }
  }

  private void delete(String name, List<String> propagation) {
    if (run.cluster.set(name).filter(each -> !each.isTerminating()).isEmpty()) {
      return;
    }
    SetFacts set = run.cluster.set(name).orElseThrow();
    boolean isHeld = set.finalizers().contains("drainwatch.io/scaledown");
    boolean isSkipped =
        run.cluster.claims.objects.values().stream().anyMatch(claim -> claim.isLeftAlone());
    if (!isHeld
        || isSkipped
        || set.isLeftAlone()
        || set.template().isEmpty()
        || propagation.contains("orphan")
        || !run.cluster.nobodys(name).isEmpty()) {
      letGo.add(name);
    }
    run.cluster.delete(name, propagation);
  }

  // claims that a pod uses are kept until it is finished; and nothing is made anew in no time
  private void removeClaims(String name, int ordinal) {
    String pod = name + "-" + ordinal;
    if (run.cluster.pod(pod).filter(each -> !each.phase().isFinished()).isPresent()) {
      return;
    }
    run.desk.pass(Duration.ofSeconds(1));
    made.get(name)
        .claimTemplates()
        .forEach(template -> run.cluster.removeClaim(template + "-" + name + "-" + ordinal));
  }

  private void noteIfTerminating(String name) {
    if (run.cluster.set(name).filter(SetFacts::isTerminating).isPresent()) {
      letGo.add(name);
    }
  }

  private void makeAnew(String name) {
    if (run.cluster.set(name).isEmpty()) {
      letGo.remove(name);
      run.cluster.put(CleanerRun.set(made.get(name), "again-" + generations++ + "-" + name));
    }
  }

  private Optional<String> ours(int which) {
    return any(
        run.cluster.pods().stream()
            .filter(pod -> pod.owner().isPresent())
            .map(OrdinalPod::name)
            .toList(),
        which);
  }

  private static Optional<String> any(List<String> names, int which) {
    return names.isEmpty() ? Optional.empty() : Optional.of(names.get(which % names.size()));
  }

  /** All that stands in the way is taken away, and clean-ups succeed: each comes to its end. */
  void endsWell() {
    run.cluster.maintain("n0", false);
    run.cluster.maintain("n1", false);
    for (String name : made.keySet()) {
      run.cluster.skip(name, false);
      run.cluster.template(name, Optional.of(TEMPLATES.getFirst()));
    }
    run.cluster.claims().forEach(claim -> run.cluster.skipClaim(claim, false));
    for (int i = 0; i < STRIDES; i++) {
      run.live(CleanerRun::succeeding);
      addClaimsThatPodsWaitFor();
      run.pass(STRIDE);
    }
    assertThat(run.cluster.broken).isEmpty();
    assertThat(run.cluster.pods()).noneMatch(pod -> pod.owner().isPresent());
    assertThat(run.cluster.sets.objects.values())
        .as("what is deleted goes")
        .noneMatch(SetFacts::isTerminating);
  }

  // S14: where one of two is missing, the pod waits for it until people look
  private void addClaimsThatPodsWaitFor() {
    for (OrdinalPod pod : run.cluster.pods()) {
      for (String claim : run.cluster.mounts.getOrDefault(pod.uid(), Set.of())) {
        if (pod.phase() == PodPhase.PENDING && run.cluster.claim(claim).isEmpty()) {
          run.cluster.putClaim(claim);
        }
      }
    }
  }

  private Set<String> wanted() {
    Set<String> wanted = new TreeSet<>();
    run.cluster
        .sets
        .objects
        .values()
        .forEach(
            set ->
                IntStream.range(0, set.replicas())
                    .forEach(
                        ordinal ->
                            set.claimTemplates()
                                .forEach(
                                    template ->
                                        wanted.add(
                                            template + "-" + set.id().name() + "-" + ordinal))));
    return wanted;
  }

  Set<String> claimsThatAreMissing() {
    Set<String> missing = wanted();
    missing.removeAll(run.cluster.claims());
    return missing;
  }

  /** Of sets that are there, or were cleaned up whole. */
  Set<String> claimsThatShouldBeGone() {
    Set<String> left = new TreeSet<>(run.cluster.claims());
    left.removeAll(wanted());
    left.removeIf(
        claim -> letGo.stream().anyMatch(set -> claim.matches("[a-z]+-" + set + "-[0-9]+")));
    return left;
  }

  List<String> requestsOfTheNextMinute() {
    run.cluster.requests.clear();
    run.live(60);
    return run.cluster.requests;
  }
}
