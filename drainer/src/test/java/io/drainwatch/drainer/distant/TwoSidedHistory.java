package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.fleet.PlayedStandIn;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.NodeOracle;
import io.drainwatch.drainer.model.NodeTroubles;
import io.drainwatch.drainer.model.UnderWay;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.RecordReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A random history of form {@code controller}: a watcher, two drainers of which one leads (or both
 * for a moment, or none), and the Node between them; then everything gets well.
 */
final class TwoSidedHistory {
  private static final List<String> TYPES = List.of("Reboot", "Reboot", "Redeploy", "Preempt");

  private final long seed;
  private final SplittableRandom dice;
  private final TwoSided two = new TwoSided();
  private final NodeOracle oracle = new NodeOracle(two.api, TwoSided.NODE);
  private final NodeTroubles troubles = new NodeTroubles(two.api, TwoSided.NODE);
  private final List<String> moves = new ArrayList<>();
  private final List<ScheduledEvent> events = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private final boolean isCalm;
  private boolean isRecordLost;
  private int posted;
  private int ids;
  private int boots = 1;

  private final PlayedStandIn outside = new PlayedStandIn(two.api);
  private final boolean losesWatchers;
  private int sentOutside;

  TwoSidedHistory(long seed) {
    this(seed, false);
  }

  /**
   * @param losesWatchers for minutes, and the drainer acknowledges in their place
   */
  TwoSidedHistory(long seed, boolean losesWatchers) {
    this.losesWatchers = losesWatchers;
    if (losesWatchers) {
      two.drainer.standIn = Optional.of(outside);
      two.other.standIn = Optional.of(outside);
      outside.seen = this::leaves;
    }
    this.seed = seed;
    dice = new SplittableRandom(seed);
    isCalm = seed % 3 == 0;
    if (seed % 2 == 0 && !losesWatchers && !isCalm) {
      Supplier<Duration> lag = UnderWay.nowAndThen(seed);
      two.watcher.lag = lag;
      two.drainer.lag = lag;
      two.other.lag = lag;
    }
  }

  /** What broke; empty: nothing. */
  List<String> play(int length) {
    try {
      troubles.begin(dice);
      two.start();
      two.onlooker = this::look;
      for (int i = 0; i < length && oracle.broken().isEmpty() && broken.isEmpty(); i++) {
        move();
      }
      allIsWell();
    } catch (AssertionError | RuntimeException e) {
      broken.add(e.toString().lines().findFirst().orElse("") + " at " + e.getStackTrace()[0]);
    }
    broken.addAll(oracle.broken());
    return List.copyOf(broken);
  }

  // I1 from outside: when a POST leaves, the record on the Node names it
  private void look() {
    oracle.look();
    for (String id : two.watcher.posted.subList(posted, two.watcher.posted.size())) {
      boolean isAllowed =
          two.annotation(NodeKeys.RECORD).filter(text -> text.contains(id)).isPresent();
      if (!isAllowed && !isRecordLost) {
        broken.add("I1 posts " + id + " with the record " + two.annotation(NodeKeys.RECORD));
      }
    }
    posted = two.watcher.posted.size();
  }

  /** How many acknowledgements left in place of the watcher. */
  int sentOutside() {
    return sentOutside;
  }

  // I1 from outside: at this very moment the Node is cordoned and recorded as drained for it
  private void leaves(String id) {
    sentOutside++;
    NodeFacts node = two.cluster.node(TwoSided.NODE).facts();
    NodeMachine machine = new NodeMachine(node.uid(), Optional.empty(), node.bootId());
    boolean isAllowed =
        RecordReading.of(node, machine)
                instanceof RecordReading.Resume(NodeRecord record, boolean rebooted)
            && !rebooted
            && record.drain().isDrainedFor(id)
            && record.drain().ackable().contains(id)
            && record.progress().held() == HeldBy.NOTHING;
    boolean isNoted =
        two.annotation(NodeKeys.ACKNOWLEDGED).filter(it -> it.contains(id)).isPresent();
    if (!isAllowed || !isNoted || !node.unschedulable()) {
      broken.add("I1 acknowledges " + id + " from outside with " + node.annotations());
    }
    if (two.watcher.alive) {
      moves.add("the watcher is back");
    }
  }

  // in every third history everybody lives, and hears and is heard all the time
  private int kind() {
    int kind = dice.nextInt(25);
    boolean isOfTheCalm = kind <= 11 || (kind >= 20 && kind <= 23);
    return isCalm && !isOfTheCalm ? 0 : kind;
  }

  private void move() {
    switch (kind()) {
      case 0, 1, 2, 3, 4, 5 -> waits(Duration.ofMillis(100 * (1 + dice.nextInt(150))));
      case 6, 7 -> eventComes();
      case 8 -> eventStarts();
      case 9 -> eventGoes();
      case 10, 11 -> said("pod", () -> troubles.podComes(dice));
      case 12, 13 -> said("fault", () -> troubles.fault(dice));
      case 14 -> said("watches", () -> troubles.watches(dice));
      case 15 -> watcherDies();
      case 16 -> drainerDies();
      case 17 -> anotherLeads();
      case 18 -> bothLead();
      case 19 -> reboots();
      case 20 -> somebodyUncordons();
      case 21 -> somebodyCordons();
      case 22 -> somebodyDeletesTheRecord();
      case 23 -> said("answers are lost", () -> two.watcher.losesAnswers = dice.nextBoolean());
      default -> said("metadata", () -> two.watcher.metadataAnswers = dice.nextInt(3) != 0);
    }
  }

  private void said(String what, Runnable deed) {
    moves.add(what);
    deed.run();
  }

  private void waits(Duration time) {
    moves.add("+" + time.toMillis());
    two.run(time.toMillis() / 1000.0 + "S");
  }

  private void publish() {
    two.platform(events.toArray(ScheduledEvent[]::new));
    // read by the watcher within a second, told to the drainer by its next note; where either is
    // deaf for a while nothing can be said from outside
    oracle.stands(!isCalm || !events.isEmpty(), two.cluster.now().plusSeconds(1));
  }

  private void eventComes() {
    if (events.size() < 2) {
      String type = TYPES.get(dice.nextInt(TYPES.size()));
      moves.add(type);
      Duration since = Duration.between(TwoSided.START, two.cluster.now());
      events.add(
          TwoSided.event(
              "E" + ++ids,
              type,
              since.plusSeconds((losesWatchers ? 900 : 30) + dice.nextInt(900))));
      publish();
      if (losesWatchers && dice.nextInt(3) != 0) {
        two.run("2S"); // it is told of before the watcher is lost
        watcherDies();
      }
    }
  }

  private void eventStarts() {
    if (!events.isEmpty()) {
      moves.add("started");
      events.set(0, TwoSided.started(events.getFirst()));
      publish();
    }
  }

  private void eventGoes() {
    if (!events.isEmpty()) {
      moves.add("gone");
      events.remove(dice.nextInt(events.size()));
      publish();
    }
  }

  private void watcherDies() {
    Optional<Episode> journal = dice.nextBoolean() ? two.watcher.episode() : Optional.empty();
    moves.add("watcher dies" + (journal.isPresent() ? "" : ", without a journal"));
    two.watcher.kill();
    two.run((losesWatchers ? 300 + dice.nextInt(200) : 1 + dice.nextInt(5)) + "S");
    if (losesWatchers && dice.nextBoolean()) {
      outside.status = List.of(200, 403, 429, 503, 0).get(dice.nextInt(5));
    }
    two.watcher.start(journal);
  }

  private void drainerDies() {
    moves.add("drainer dies");
    two.drainer.kill();
    two.other.kill();
    two.run((1 + dice.nextInt(20)) + "S");
    two.drainer.start();
  }

  private void anotherLeads() {
    moves.add("another leads");
    DrainerSide next = two.drainer.alive ? two.other : two.drainer;
    two.drainer.kill();
    two.other.kill();
    two.run((2 + dice.nextInt(15)) + "S");
    next.start();
  }

  private void bothLead() {
    moves.add("both lead");
    if (!two.drainer.alive) {
      two.drainer.start();
    }
    if (!two.other.alive) {
      two.other.start();
    }
    oracle.severalAct(true);
    two.run((1 + dice.nextInt(5)) + "S");
    // one of them notices that it does not lead; it begins anew if it ever leads again
    (dice.nextBoolean() ? two.other : two.drainer).kill();
    if (dice.nextBoolean()) {
      anotherLeads();
    }
    oracle.severalAct(false);
  }

  private void reboots() {
    moves.add("reboots");
    Optional<Episode> journal = two.watcher.episode();
    two.watcher.kill();
    two.cluster.notReady(TwoSided.NODE);
    two.run("10S");
    two.watcher.machine = TwoSided.machine("boot-" + ++boots);
    two.cluster.rebooted(TwoSided.NODE, "boot-" + boots);
    two.cluster.ready(TwoSided.NODE);
    two.watcher.start(journal);
  }

  private void somebodyUncordons() {
    if (two.isCordoned()) {
      moves.add("uncordoned");
      two.cluster.cordon(TwoSided.NODE, false);
      oracle.uncordonedByOthers();
    }
  }

  private void somebodyCordons() {
    if (!isRecordLost && !two.isCordoned() && two.annotation(NodeKeys.RECORD).isEmpty()) {
      moves.add("cordoned");
      two.cluster.cordon(TwoSided.NODE, true);
      oracle.cordonedByOthers();
    }
  }

  private void somebodyDeletesTheRecord() {
    if (two.annotation(NodeKeys.RECORD).isPresent()) {
      moves.add("record deleted");
      two.cluster.removeAnnotation(TwoSided.NODE, NodeKeys.RECORD);
      isRecordLost = true; // whose cordon it is nobody may know any more
      oracle.recordDeleted();
    }
  }

  private void allIsWell() {
    moves.add("all is well");
    troubles.areOver();
    two.watcher.metadataAnswers = true;
    two.watcher.losesAnswers = false;
    two.other.kill();
    two.drainer.kill();
    two.run("1S"); // no Lease changes hands faster (histories 819, 1411)
    two.drainer.start();
    events.clear();
    publish();
    for (int minutes = 0; minutes < 25 && !isOver(); minutes++) {
      two.run("60S");
    }
    if (!isOver()) {
      throw new AssertionError(
          "does not end: watcher "
              + two.watcher.episode().map(each -> each.id() + " " + each.state())
              + ", drainer "
              + two.drainer.episode().map(each -> each.id() + " " + each.state())
              + " "
              + two.annotation(NodeKeys.RECORD));
    }
    if (two.isCordoned() && !oracle.isForeign() && !isRecordLost) {
      throw new AssertionError("left cordoned by us");
    }
  }

  private boolean isOver() {
    return two.watcher.episode().isEmpty()
        && two.drainer.episode().isEmpty()
        && two.annotation(NodeKeys.RECORD).isEmpty();
  }

  @Override
  public String toString() {
    return "seed %d %s%nwatcher %s%ndrainer %s%nother %s"
        .formatted(seed, moves, two.watcher.story, two.drainer.story, two.other.story);
  }
}
