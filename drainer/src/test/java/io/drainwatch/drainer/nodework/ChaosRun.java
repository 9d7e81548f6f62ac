package io.drainwatch.drainer.nodework;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.SocketReach;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.Fault;
import io.drainwatch.drainer.model.ModelBudget;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.ModelServer;
import io.drainwatch.drainer.model.PodConduct;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** One maintenance in bad weather: eight pods behind a budget of one, half an hour of notice. */
final class ChaosRun {
  private static final Duration NOTICE = Duration.ofMinutes(30);
  private static final Duration PARTITION = Duration.ofMinutes(5);
  private static final BooleanSupplier NEVER = () -> false;

  /** In hundredths of all requests. */
  private static final Map<Fault, Integer> WEATHER =
      Map.of(
          Fault.RESET_BEFORE, 4,
          Fault.RESET_AFTER, 4,
          Fault.TRUNCATED, 2,
          Fault.SLOW, 2,
          Fault.UNAVAILABLE, 2,
          Fault.BUSY_1, 2);

  private final long seed;
  private final ModelServer server;
  private final NodeRig rig;
  private final ScheduledEvent reboot = NodeRig.event("A", "Reboot", NOTICE);
  private final Set<ModelRequest> hurt = ConcurrentHashMap.newKeySet();
  private boolean emptyWhenAcknowledged = true;

  /** What one run leaves to the next. */
  record Place(ModelServer server, SocketReach reach) implements AutoCloseable {
    static Place open() {
      ModelCluster none = new ModelCluster(NodeRig.START);
      ModelServer server = ModelServer.stepped(none);
      return new Place(server, new SocketReach(server, none));
    }

    @Override
    public void close() {
      reach.close();
      server.close();
    }
  }

  ChaosRun(Place place, long seed) {
    this.seed = seed;
    server = place.server();
    ModelCluster cluster = NodeRig.aCluster();
    rig =
        new NodeRig(
            NodeSettings.defaults("watcher-1"),
            LifecycleSettings.defaults(),
            cluster,
            Optional.of(place.reach().become(cluster)));
    cluster.replicaSet(
        "shop",
        "web",
        8,
        pod -> pod.labelled("app", "web").conduct(PodConduct.PROMPT.stopsIn(Duration.ofSeconds(4))),
        NodeRig.NODE);
    cluster.addBudget("shop", "web", ModelBudget.Spec.maxUnavailable(Map.of("app", "web"), "1"));
  }

  void untilItIsOver() {
    Random random = new Random(seed);
    rig.start().leap(Duration.ofSeconds(2), NEVER);
    server.forgetRequests();
    weather();
    rig.platform(reboot);
    rig.leap(Duration.ofMillis(random.nextInt(60_000)), this::isAcknowledged);
    outOfReachFor(PARTITION);
    for (int restart = 0; restart < 3; restart++) {
      rig.leap(Duration.ofMillis(random.nextInt(90_000)), this::isAcknowledged);
      server.closeWatches();
      outOfReachFor(Duration.ofSeconds(10));
    }
    rig.leap(Duration.between(rig.cluster.now(), NodeRig.START.plus(NOTICE)), this::isAcknowledged);
  }

  /** The same request at the same moment always has the same fate. */
  private void weather() {
    for (Fault fault : WEATHER.keySet().stream().sorted().toList()) {
      server.faults().forever(request -> fate(request) == fault && hurt.add(request) | true, fault);
    }
  }

  private Fault fate(ModelRequest request) {
    int which = Objects.hash(request.at(), request.verb().name(), request.target(), request.body());
    int dice = new Random(seed * 31 + which).nextInt(100);
    for (Fault fault : WEATHER.keySet().stream().sorted().toList()) {
      dice -= WEATHER.get(fault);
      if (dice < 0) {
        return fault;
      }
    }
    return Fault.BAD_REQUEST; // is not in the weather: nothing befalls it
  }

  private void outOfReachFor(Duration time) {
    server.faults().heal();
    server.faults().everything(Fault.RESET_BEFORE);
    rig.leap(time, NEVER);
    server.faults().heal();
    weather();
  }

  private boolean isAcknowledged() {
    if (rig.acknowledged.isEmpty()) {
      return false;
    }
    emptyWhenAcknowledged &= rig.cluster.podsOn(NodeRig.NODE).isEmpty();
    return true;
  }

  int hurt() {
    return hurt.size();
  }

  /** All is as it would be had the sun shone, and the Node comes back. */
  void audit() {
    assertThat(rig.acknowledged).as("acknowledged once; %s", this).containsExactly("A");
    assertThat(emptyWhenAcknowledged).as("and drained by then; %s", this).isTrue();
    assertThat(rig.node().facts().unschedulable()).isTrue();
    assertThat(forced()).as("forced though there was time; %s", this).isEmpty();
    assertThat(fastestAgain())
        .as("a second between tries (I5); %s", this)
        .isGreaterThanOrEqualTo(1_000);

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
    rig.leap(Duration.ofMinutes(10), () -> rig.episode().isEmpty() && isNobodys());
    assertThat(isNobodys()).as("given back through the weather too; %s", this).isTrue();
    assertThat(rig.summaries).as("one summary (I9); %s", this).hasSize(1);
    assertThat(rig.acknowledged).hasSize(1);
    server.faults().heal();
    rig.kill();
  }

  private boolean isNobodys() {
    return !rig.node().facts().unschedulable() && rig.annotation(NodeKeys.RECORD).isEmpty();
  }

  private List<ModelRequest> forced() {
    return server.requests().stream().filter(each -> each.verb() == Verb.DELETE_POD).toList();
  }

  private long fastestAgain() {
    Map<String, Instant> last = new HashMap<>();
    long fastest = Long.MAX_VALUE;
    for (ModelRequest each : server.requests()) {
      if (each.verb() == Verb.EVICT) {
        Optional<Instant> before = Optional.ofNullable(last.put(each.target(), each.at()));
        if (before.isPresent()) {
          fastest = Math.min(fastest, Duration.between(before.get(), each.at()).toMillis());
        }
      }
    }
    return fastest;
  }

  @Override
  public String toString() {
    return "seed "
        + seed
        + " at "
        + Duration.between(NodeRig.START, rig.cluster.now())
        + " "
        + rig.story();
  }
}
