package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.distant.WatcherSide;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.ModelPod;
import io.drainwatch.drainer.model.NodeOracle;
import io.drainwatch.drainer.model.NodeTroubles;
import io.drainwatch.drainer.model.Strides;
import io.drainwatch.drainer.model.UnderWay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A random history of a fleet: four Nodes with their watchers, a budget, two drainers of which one
 * leads; then everything gets well, and the platform does what it announced.
 */
final class FleetHistory {
  private static final List<String> NODES = List.of("n1", "n2", "n3", "n4");

  /** In seconds: a Lease that has to run out, words that come late. */
  private static final int UNTIL_TOLD = 20;

  private static final List<String> TYPES = List.of("Reboot", "Reboot", "Redeploy", "Preempt");

  private final long seed;
  private final SplittableRandom dice;
  private final FleetRun run = new FleetRun().nodes(NODES.toArray(String[]::new));
  private final Map<String, WatcherSide> watchers = new TreeMap<>();
  private final Map<String, NodeOracle> oracles = new TreeMap<>();
  private final Map<String, NodeTroubles> troubles = new TreeMap<>();
  private final Map<String, Integer> boots = new HashMap<>();
  private final BudgetOracle budget;
  private final FleetSettings settings;
  private final List<ScheduledEvent> events = new ArrayList<>();
  private final List<String> moves = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private final Map<String, Integer> posted = new HashMap<>();
  private final Map<String, Instant> anewAt = new HashMap<>();
  private Optional<Fleet> leader = Optional.empty();
  private int leaders;
  private int ids;
  private final Strides strides = new Strides();
  private boolean isWell;
  private boolean bothLead;
  private Instant leaderChangedAt = FleetRun.NOON;
  private Instant aloneAt = FleetRun.NOON.minusSeconds(60);

  FleetHistory(long seed) {
    this.seed = seed;
    dice = new SplittableRandom(seed);
    int limit = 1 + dice.nextInt(2);
    settings = FleetRun.atMost(limit);
    budget =
        new BudgetOracle(
            run, NODES, limit, this::isPreempted, node -> isMadeAnewSince(node, UNTIL_TOLD));
    if (seed % 2 == 0) {
      run.lag = UnderWay.nowAndThen(seed);
    }
    for (String node : NODES) {
      boots.put(node, 1);
      run.cluster.rebooted(node, "boot-1");
      watchers.put(
          node, new WatcherSide(node, machine(node), run.api, LifecycleSettings.defaults()));
      watchers.get(node).lag = run.lag;
      oracles.put(node, new NodeOracle(run.api, node));
      troubles.put(node, new NodeTroubles(run.api, node));
    }
    oracles.values().forEach(each -> each.isBeside(List.copyOf(oracles.values())));
  }

  private Machine machine(String node) {
    return new Machine("vm-" + node, Optional.of("id-" + node), "boot-" + boots.get(node), false);
  }

  /** What broke; empty: nothing. */
  List<String> play(int length) {
    try {
      troubles.get("n1").begin(dice);
      watchers.values().forEach(each -> each.start(Optional.empty()));
      another();
      for (int i = 0; i < length && isUnbroken(); i++) {
        move();
      }
      allIsWell();
    } catch (AssertionError | RuntimeException e) {
      broken.add(e.toString().lines().findFirst().orElse("") + " at " + e.getStackTrace()[0]);
    }
    oracles.values().forEach(each -> broken.addAll(each.broken()));
    broken.addAll(budget.broken());
    run.violations.forEach(each -> broken.add(each.toString()));
    return List.copyOf(broken);
  }

  private boolean isUnbroken() {
    return broken.isEmpty()
        && budget.broken().isEmpty()
        && run.violations.isEmpty()
        && oracles.values().stream().allMatch(each -> each.broken().isEmpty());
  }

  private void pass(Duration time) {
    long left = time.dividedBy(Strides.STEP);
    while (left > 0) {
      long steps = strides.next(left, run.cluster.now(), due());
      left -= steps;
      Duration stride = Strides.STEP.multipliedBy(steps);
      run.pass(stride);
      boolean isToPoll = strides.polls(steps);
      for (WatcherSide watcher : watchers.values()) {
        if (watcher.alive && isToPoll) {
          watcher.poll();
        }
        watcher.turn(stride);
      }
      lookAtNodes();
      // whom one of two let begin, before it yielded to the other, begins up to a minute later
      budget.look(!bothLead && !run.cluster.now().isBefore(aloneAt.plusSeconds(60)));
      watchers.forEach(this::lookAtPosts);
      if (isWell) {
        budget.lookWhetherAnybodyWaitsInVain();
      }
    }
  }

  private List<Optional<Instant>> due() {
    return Stream.concat(
            Stream.of(run.cluster.nextDue()), watchers.values().stream().map(WatcherSide::due))
        .toList();
  }

  // I1 from outside: all that the event names is drained, by the records
  private void lookAtPosts(String node, WatcherSide watcher) {
    int seen = posted.getOrDefault(node, 0);
    for (String id : watcher.posted.subList(seen, watcher.posted.size())) {
      for (String named : namedBy(id)) {
        boolean isDrained =
            run.record(named).filter(each -> each.drain().isDrainedFor(id)).isPresent();
        if (!isDrained && !mayBeUntold(named)) {
          broken.add(
              "I1 " + node + " posts " + id + ", and " + named + " says " + run.record(named));
        }
      }
    }
    posted.put(node, watcher.posted.size());
  }

  private void lookAtNodes() {
    Set<String> ofAnotherFold =
        NODES.stream()
            .filter(node -> isMadeAnewSince(node, UNTIL_TOLD))
            .flatMap(node -> run.cluster.podsOn(node).stream())
            .map(ModelPod::uid)
            .collect(Collectors.toSet());
    for (NodeOracle each : oracles.values()) {
      each.knowsNoTriesOf(ofAnotherFold);
      each.look();
    }
  }

  // a leader hears of it within a moment, but one that begins to lead has to look first
  private boolean mayBeUntold(String node) {
    boolean isLeaderSettled = !run.cluster.now().isBefore(leaderChangedAt.plusSeconds(UNTIL_TOLD));
    return isMadeAnewSince(node, isLeaderSettled ? 2 : UNTIL_TOLD);
  }

  private boolean isMadeAnewSince(String node, int seconds) {
    Instant at = anewAt.getOrDefault(node, Instant.MIN);
    return run.cluster.now().minusSeconds(seconds).isBefore(at);
  }

  private List<String> namedBy(String eventId) {
    return events.stream()
        .filter(each -> each.id().equals(eventId))
        .flatMap(each -> each.resources().stream())
        .map(vm -> vm.substring("vm-".length()))
        .toList();
  }

  private void move() {
    switch (dice.nextInt(24)) {
      case 0, 1, 2, 3, 4, 5 -> waits(Duration.ofMillis(100L * (1 + dice.nextInt(150))));
      case 6, 7, 8 -> eventComes();
      case 9 -> eventOf("started", each -> events.set(events.indexOf(each), started(each)));
      case 10 -> eventOf("gone", events::remove);
      case 11, 12 -> of("pod", node -> troubles.get(node).podComes(dice, node + "-"));
      case 13 -> of("fault", node -> troubles.get(node).fault(dice));
      case 14 -> of("watches", node -> troubles.get(node).watches(dice));
      case 15 -> of("watcher dies", this::watcherDies);
      case 16, 17 -> anotherLeads();
      case 18 -> of("reboots", this::reboots);
      case 19 -> of("uncordoned", this::somebodyUncordons);
      case 20 -> of("cordoned", this::somebodyCordons);
      case 21 -> of("made anew", this::madeAnew);
      case 22 -> bothLead();
      default -> of("metadata", this::metadata);
    }
  }

  private void of(String what, Consumer<String> deed) {
    String node = NODES.get(dice.nextInt(NODES.size()));
    moves.add(what + " " + node);
    deed.accept(node);
  }

  private void waits(Duration time) {
    moves.add("+" + time.toMillis());
    pass(time);
  }

  private void publish() {
    watchers.forEach(
        (node, watcher) ->
            watcher.platform =
                events.stream().filter(each -> each.resources().contains("vm-" + node)).toList());
  }

  private boolean isPreempted(String node) {
    return watchers.get(node).platform.stream().anyMatch(each -> each.type().equals("Preempt"));
  }

  private void eventComes() {
    String id = "E" + ++ids;
    String node = NODES.get(dice.nextInt(NODES.size()));
    String type = TYPES.get(dice.nextInt(TYPES.size()));
    Instant at = run.cluster.now().plusSeconds(30 + dice.nextInt(900));
    String other = NODES.get(dice.nextInt(NODES.size()));
    String[] named =
        dice.nextInt(5) == 0 && !other.equals(node)
            ? new String[] {"vm-" + node, "vm-" + other}
            : new String[] {"vm-" + node};
    moves.add(type + " " + String.join(" ", named));
    events.add(Events.of(type, id).naming(named).at(at).event());
    budget.published(id);
    publish();
  }

  private static ScheduledEvent started(ScheduledEvent event) {
    return Events.like(event).started().event();
  }

  private void eventOf(String what, Consumer<ScheduledEvent> deed) {
    if (!events.isEmpty()) {
      ScheduledEvent event = events.get(dice.nextInt(events.size()));
      moves.add(what + " " + event.id());
      deed.accept(event);
      publish();
    }
  }

  private void metadata(String node) {
    watchers.get(node).metadataAnswers = dice.nextInt(3) != 0;
  }

  private void watcherDies(String node) {
    WatcherSide watcher = watchers.get(node);
    Optional<Episode> journal = dice.nextBoolean() ? watcher.episode() : Optional.empty();
    watcher.kill();
    pass(Duration.ofSeconds(1 + dice.nextInt(5)));
    watcher.start(journal);
  }

  private void reboots(String node) {
    WatcherSide watcher = watchers.get(node);
    Optional<Episode> journal = watcher.episode();
    watcher.kill();
    run.cluster.notReady(node);
    pass(Duration.ofSeconds(10));
    boots.merge(node, 1, Integer::sum);
    watcher.machine = machine(node);
    run.cluster.rebooted(node, watcher.machine.bootId());
    watcher.start(journal);
  }

  private void anotherLeads() {
    moves.add("another leads");
    leader.ifPresent(Fleet::stop);
    leaderChangedAt = run.cluster.now();
    pass(Duration.ofSeconds(2 + dice.nextInt(15)));
    another();
  }

  private void bothLead() {
    moves.add("both lead");
    Optional<Fleet> before = leader;
    another();
    oracles.values().forEach(each -> each.severalAct(true));
    bothLead = true;
    pass(Duration.ofSeconds(1 + dice.nextInt(14)));
    before.ifPresent(Fleet::stop); // the one whose Lease ran out notices it
    bothLead = false;
    oracles.values().forEach(each -> each.severalAct(false));
    aloneAt = run.cluster.now();
  }

  private void madeAnew(String node) {
    run.cluster.deleteNode(node);
    run.cluster.addNode(node);
    run.cluster.rebooted(node, "boot-" + boots.get(node));
    oracles.get(node).madeAnew();
    anewAt.put(node, run.cluster.now());
  }

  private void another() {
    Fleet next = run.drainer("drainer-" + ++leaders, settings);
    next.start();
    leader = Optional.of(next);
    leaderChangedAt = run.cluster.now();
  }

  private void somebodyUncordons(String node) {
    if (run.isCordoned(node)) {
      run.cluster.cordon(node, false);
      oracles.get(node).uncordonedByOthers();
    }
  }

  private void somebodyCordons(String node) {
    if (!run.isCordoned(node) && run.record(node).isEmpty()) {
      run.cluster.cordon(node, true);
      oracles.get(node).cordonedByOthers();
    }
  }

  private void allIsWell() {
    moves.add("all is well");
    troubles.values().forEach(NodeTroubles::areOver);
    watchers.values().forEach(each -> each.metadataAnswers = true);
    leader.ifPresent(Fleet::stop);
    pass(Duration.ofSeconds(1));
    another();
    pass(Duration.ofSeconds(20));
    isWell = true;
    for (int seconds = 0; seconds < 3_000 && isUnbroken() && !isOver(); seconds += 2) {
      pass(Duration.ofSeconds(2));
      platformActs();
    }
    if (isUnbroken() && !isOver()) {
      throw new AssertionError("does not end: " + events + " " + records());
    }
    for (String node : NODES) {
      if (isUnbroken() && run.isCordoned(node) && !oracles.get(node).isForeign()) {
        throw new AssertionError("left cordoned by us: " + node);
      }
    }
  }

  // one after another: started once it was approved, or its time has come; then it is over
  private void platformActs() {
    Optional<ScheduledEvent> next =
        events.stream()
            .filter(
                each ->
                    !run.cluster.now().isBefore(each.notBefore().orElse(Instant.MIN))
                        || watchers.values().stream()
                            .anyMatch(watcher -> watcher.posted.contains(each.id())))
            .findFirst();
    if (next.isPresent()) {
      int index = events.indexOf(next.get());
      events.set(index, started(next.get()));
      publish();
      pass(Duration.ofSeconds(3));
      next.get().resources().forEach(vm -> reboots(vm.substring("vm-".length())));
      events.remove(index);
      publish();
    }
  }

  private boolean isOver() {
    return events.isEmpty()
        && watchers.values().stream().allMatch(each -> each.episode().isEmpty())
        && NODES.stream().allMatch(each -> run.record(each).isEmpty());
  }

  private List<String> records() {
    return NODES.stream()
        .map(each -> each + " " + run.record(each) + " " + watchers.get(each).episode())
        .toList();
  }

  @Override
  public String toString() {
    return "seed %d %s%nwatchers %s"
        .formatted(seed, moves, watchers.values().stream().map(each -> each.story).toList());
  }
}
