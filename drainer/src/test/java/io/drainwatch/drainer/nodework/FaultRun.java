package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.SocketReach;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.ModelBudget;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelPod;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.ModelServer;
import io.drainwatch.drainer.model.PodConduct;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * One maintenance in which something goes wrong: two pods that go when asked; where a DELETE is to
 * go wrong, one more that a budget keeps, so that there is one.
 */
final class FaultRun {
  private static final Duration MARGIN = Duration.ofMinutes(1);
  private static final BooleanSupplier NEVER = () -> false;

  private final FaultCase planned;
  private final Duration notice;
  private final ScheduledEvent reboot;
  private final ModelServer server;
  private final SocketReach reach;
  private final NodeRig rig;
  private final Set<String> messages = new TreeSet<>();
  private List<ModelRequest> untilTheEnd = List.of();

  FaultRun(ModelServer server, SocketReach reach, FaultCase planned) {
    this.planned = planned;
    notice = notice(planned);
    reboot = NodeRig.event("A", "Reboot", notice);
    this.server = server;
    ModelCluster cluster = NodeRig.aCluster();
    this.reach = reach.become(cluster);
    reach.mayPark(planned.fault() == Fault.SLOW);
    rig =
        new NodeRig(
            NodeSettings.defaults("watcher-1"),
            LifecycleSettings.defaults(),
            cluster,
            Optional.of(reach));
    cluster.replicaSet(
        "shop",
        "web",
        2,
        pod -> pod.conduct(PodConduct.PROMPT.stopsIn(Duration.ofSeconds(4))),
        NodeRig.NODE);
    if (planned.verb() == Verb.DELETE_POD) {
      cluster.replicaSet("shop", "db", 1, pod -> pod.labelled("app", "db"), NodeRig.NODE);
      cluster.addBudget("shop", "db", ModelBudget.Spec.maxUnavailable(Map.of("app", "db"), "0"));
    }
  }

  // what lasts for 10 min is to be over before the deadline; what lasts for ever needs no longer
  private static Duration notice(FaultCase planned) {
    boolean mustOutlast =
        planned.often() == FaultCase.Often.TEN_MINUTES && planned.verb() != Verb.DELETE_POD;
    return Duration.ofMinutes(mustOutlast ? 15 : 6);
  }

  /** Until it is acknowledged, or the deadline is over. */
  FaultRun untilTheEnd() {
    rig.start().leap(Duration.ofSeconds(2), NEVER);
    planned.plan(server.faults());
    server.forgetRequests();
    if (planned.verb() == Verb.WATCH) {
      server.closeWatches();
    }
    rig.platform(reboot);
    Duration most = Duration.between(rig.cluster.now(), NodeRig.START.plus(notice));
    rig.leap(most, this::isAcknowledged);
    untilTheEnd = server.requests();
    return this;
  }

  private boolean isAcknowledged() {
    rig.node().conditions().forEach(it -> messages.add(it.message()));
    return !rig.acknowledged.isEmpty();
  }

  FaultOutcome outcome() {
    Instant firstForce = NodeRig.START.plus(notice).minus(MARGIN).minusSeconds(60);
    if (isAcknowledged()) {
      assertThat(rig.acknowledged).containsExactly("A");
      assertThat(isCordoned()).isTrue();
      assertThat(podsHere()).as("nothing is left").isEmpty();
      return untilTheEnd.stream()
              .anyMatch(each -> each.verb() == Verb.DELETE_POD && !each.at().isBefore(firstForce))
          ? FaultOutcome.FORCED
          : FaultOutcome.DRAINED;
    }
    if (!isCordoned()) {
      assertThat(evictions()).as("nothing is evicted before the cordon (I2)").isEmpty();
      return FaultOutcome.UNTOUCHED;
    }
    if (podsHere().isEmpty()) {
      return FaultOutcome.UNSURE;
    }
    return evictions().isEmpty() ? FaultOutcome.BLIND : FaultOutcome.LEFT;
  }

  private boolean isCordoned() {
    return rig.node().facts().unschedulable();
  }

  private List<ModelPod> podsHere() {
    return rig.cluster.podsOn(NodeRig.NODE);
  }

  private List<ModelRequest> evictions() {
    return untilTheEnd.stream()
        .filter(each -> each.verb() == Verb.EVICT || each.verb() == Verb.DELETE_POD)
        .toList();
  }

  long requests(Verb verb) {
    return untilTheEnd.stream().filter(each -> each.verb() == verb).count();
  }

  /** The shortest time between two requests for the same pod, in milliseconds. */
  long fastestAgain() {
    Map<String, Instant> last = new HashMap<>();
    long fastest = Long.MAX_VALUE;
    for (ModelRequest each : evictions()) {
      String pod = each.target().substring(each.target().indexOf('/') + 1);
      Optional<Instant> before = Optional.ofNullable(last.put(pod, each.at()));
      if (before.isPresent()) {
        fastest = Math.min(fastest, Duration.between(before.get(), each.at()).toMillis());
      }
    }
    return fastest;
  }

  /** All that people get to read: the log, the Events, the conditions. */
  String told() {
    List<String> all = new ArrayList<>(messages);
    for (NodeNote note : rig.notes) {
      switch (note) {
        case NodeNote.Trouble(String text) -> all.add(text);
        case NodeNote.Eviction(var notice) -> all.add(notice.text());
        case NodeNote.Predicted(int pods, String text) -> all.add(text);
        case NodeNote.MachineSeen(var fate) -> all.add(fate.text());
        case NodeNote.Deferred(String why) -> all.add(why);
        case NodeNote.TakenOver(String holder) -> all.add("taken over by " + holder);
      }
    }
    rig.told.forEach(each -> all.add(each.detail()));
    all.addAll(reach.troubles());
    return String.join("\n", all);
  }

  /** What is over is over: nobody is asked for anything more, but what the fault itself brings. */
  void quietMinute() {
    if (!isAcknowledged()) {
      return;
    }
    server.forgetRequests();
    rig.leap(Duration.ofMinutes(1), NEVER);
    assertThat(
            server.requests().stream()
                .filter(each -> each.verb() == Verb.EVICT || each.verb() == Verb.DELETE_POD))
        .as("evictions after the end")
        .isEmpty();
    if (planned.often().ordinal() < FaultCase.Often.TEN_MINUTES.ordinal()) {
      assertThat(server.requests().stream().filter(each -> each.verb() == Verb.PATCH_NODE))
          .as("the record is written already; the phase may follow the acknowledgement")
          .hasSizeLessThanOrEqualTo(2);
    }
    assertThat(rig.acknowledged).hasSize(1);
    assertThat(rig.stateWord()).as("in the record as well; %s", this).isEqualTo("Drained");
  }

  /**
   * The fault is over and the platform goes ahead: the Node comes back and is nobody's any more.
   */
  void allIsWell() {
    server.faults().heal();
    boolean wasAcknowledged = isAcknowledged();
    rig.platform(NodeRig.started(reboot));
    rig.leap(Duration.ofSeconds(6), NEVER);
    server.with(
        it -> {
          it.notReady(NodeRig.NODE);
          return it;
        });
    rig.leap(Duration.ofSeconds(20), NEVER);
    rig.machine = new Machine(NodeRig.VM, Optional.of("id-1"), "boot-2", false);
    server.with(
        it -> {
          it.rebooted(NodeRig.NODE, "boot-2");
          it.ready(NodeRig.NODE);
          return it;
        });
    rig.core(new Observation.DaemonStarted(rig.machine));
    rig.platform();
    rig.leap(Duration.ofMinutes(5), () -> rig.episode().isEmpty() && !isCordoned());
    assertThat(isCordoned()).as("left cordoned by us; %s", this).isFalse();
    boolean maySeemGone = planned.verb() == Verb.GET_NODE && planned.fault() == Fault.NOT_FOUND;
    assertThat(rig.summaries)
        .as("one summary (I9); %s", this)
        .filteredOn(each -> !(maySeemGone && each.ending() == Summary.Ending.NODE_GONE))
        .hasSize(1);
    assertThat(rig.annotation(NodeKeys.RECORD)).as("our record; %s", this).isEmpty();
    assertThat(rig.acknowledged).hasSize(wasAcknowledged ? 1 : 0);
    rig.kill();
  }

  @Override
  public String toString() {
    Map<Verb, Long> counts = new TreeMap<>();
    untilTheEnd.forEach(each -> counts.merge(each.verb(), 1L, Long::sum));
    return planned
        + "; at "
        + Duration.between(NodeRig.START, rig.cluster.now())
        + " "
        + rig.story()
        + " "
        + counts
        + "\n"
        + told();
  }
}
