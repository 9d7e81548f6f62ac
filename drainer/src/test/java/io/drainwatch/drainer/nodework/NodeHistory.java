package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.NodeOracle;
import io.drainwatch.drainer.model.NodeTroubles;
import io.drainwatch.drainer.model.UnderWay;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A random history of form {@code agent}: one process and its Node; then everything gets well. */
final class NodeHistory {
  private static final List<String> TYPES = List.of("Reboot", "Reboot", "Redeploy", "Preempt");

  private final long seed;
  private final SplittableRandom dice;
  private final NodeRig rig = new NodeRig();
  private final NodeOracle oracle = new NodeOracle(rig.api, NodeRig.NODE);
  private final NodeTroubles troubles = new NodeTroubles(rig.api, NodeRig.NODE);
  private final List<String> moves = new ArrayList<>();
  private final List<ScheduledEvent> events = new ArrayList<>();
  private boolean isRecordLost;
  private boolean isSilent;
  private int ids;
  private int boots = 1;
  private int processes = 1;

  NodeHistory(long seed) {
    this.seed = seed;
    dice = new SplittableRandom(seed);
    if (isBusy()) {
      rig.lag = UnderWay.nowAndThen(seed);
    }
  }

  private boolean isBusy() {
    return seed % 2 == 0;
  }

  /** What broke; empty: nothing. */
  List<String> play(int length) {
    List<String> broken = new ArrayList<>();
    try {
      troubles.begin(dice);
      rig.start();
      rig.onlooker = oracle::look;
      for (int i = 0; i < length && oracle.broken().isEmpty(); i++) {
        move();
      }
      allIsWell();
    } catch (AssertionError | RuntimeException e) {
      broken.add(e.toString().lines().findFirst().orElse("") + " at " + e.getStackTrace()[0]);
    }
    broken.addAll(oracle.broken());
    return broken;
  }

  private void move() {
    switch (dice.nextInt(22)) {
      case 0, 1, 2, 3, 4, 5 -> waits(Duration.ofMillis(100 * (1 + dice.nextInt(150))));
      case 6, 7 -> eventComes();
      case 8 -> eventStarts();
      case 9 -> eventGoes();
      case 10, 11 -> said("pod", () -> troubles.podComes(dice));
      case 12, 13 -> said("fault", () -> troubles.fault(dice));
      case 14 -> said("watches", () -> troubles.watches(dice));
      case 15, 16 -> dies();
      case 17 -> reboots();
      case 18 -> somebodyUncordons();
      case 19 -> somebodyCordons();
      case 20 -> somebodyDeletesTheRecord();
      default -> {
        said("metadata", () -> metadataAnswers(dice.nextInt(3) != 0));
      }
    }
  }

  private void said(String what, Runnable deed) {
    moves.add(what);
    deed.run();
  }

  private void waits(Duration time) {
    moves.add("+" + time.toMillis());
    rig.run(time.toMillis() / 1000.0 + "S");
  }

  private void publish() {
    rig.platform(events.toArray(ScheduledEvent[]::new));
    // what nobody is told of nobody knows (I10): history 365
    int heardWithin = isBusy() ? 5 : 1; // s
    oracle.stands(!events.isEmpty() || isSilent, rig.cluster.now().plusSeconds(heardWithin));
  }

  private void metadataAnswers(boolean answers) {
    rig.metadataAnswers(answers);
    isSilent = !answers;
    publish();
  }

  private void eventComes() {
    if (events.size() < 2) {
      String type = TYPES.get(dice.nextInt(TYPES.size()));
      Duration since = Duration.between(NodeRig.START, rig.cluster.now());
      moves.add(type);
      events.add(NodeRig.event("E" + ++ids, type, since.plusSeconds(30 + dice.nextInt(900))));
      publish();
    }
  }

  private void eventStarts() {
    if (!events.isEmpty()) {
      moves.add("started");
      events.set(0, NodeRig.started(events.getFirst()));
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

  private void dies() {
    Optional<Episode> journal = dice.nextBoolean() ? rig.episode() : Optional.empty();
    moves.add("dies" + (journal.isPresent() ? "" : ", without a journal"));
    rig.kill();
    rig.run((1 + dice.nextInt(5)) + "S");
    rig.startAs("watcher-" + ++processes, journal);
  }

  private void reboots() {
    moves.add("reboots");
    Optional<Episode> journal = rig.episode();
    rig.kill();
    rig.cluster.notReady(NodeRig.NODE);
    rig.run("10S");
    rig.machine = new Machine(NodeRig.VM, Optional.of("id-1"), "boot-" + ++boots, false);
    rig.cluster.rebooted(NodeRig.NODE, "boot-" + boots);
    rig.cluster.ready(NodeRig.NODE);
    rig.startAs("watcher-" + ++processes, journal);
  }

  private void somebodyUncordons() {
    if (rig.node().unschedulable()) {
      moves.add("uncordoned");
      rig.cluster.cordon(NodeRig.NODE, false);
      oracle.uncordonedByOthers();
    }
  }

  private void somebodyCordons() {
    if (!isRecordLost && !rig.node().unschedulable() && rig.annotation(NodeKeys.RECORD).isEmpty()) {
      moves.add("cordoned");
      rig.cluster.cordon(NodeRig.NODE, true);
      oracle.cordonedByOthers();
    }
  }

  private void somebodyDeletesTheRecord() {
    if (rig.annotation(NodeKeys.RECORD).isPresent()) {
      moves.add("record deleted");
      rig.cluster.removeAnnotation(NodeRig.NODE, NodeKeys.RECORD);
      isRecordLost = true; // whose cordon it is nobody may know any more
      oracle.recordDeleted();
    }
  }

  private void allIsWell() {
    moves.add("all is well");
    troubles.areOver();
    events.clear();
    metadataAnswers(true);
    for (int minutes = 0; minutes < 25 && !isOver(); minutes++) {
      rig.run("60S");
    }
    if (!isOver()) {
      throw new AssertionError(
          "does not end: " + rig.episode() + " " + rig.annotation(NodeKeys.RECORD));
    }
    if (rig.node().unschedulable() && !oracle.isForeign() && !isRecordLost) {
      throw new AssertionError("left cordoned by us");
    }
  }

  private boolean isOver() {
    return rig.episode().isEmpty() && rig.annotation(NodeKeys.RECORD).isEmpty();
  }

  @Override
  public String toString() {
    return "seed " + seed + " " + moves + "\n" + rig.story;
  }
}
