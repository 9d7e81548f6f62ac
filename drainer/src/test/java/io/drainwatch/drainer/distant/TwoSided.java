package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.model.ModelApi;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.Mortality;
import io.drainwatch.drainer.model.PodConduct;
import io.drainwatch.drainer.model.Strides;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodework.NodeMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Watcher and drainer, one model Node between them, one virtual clock over all. */
final class TwoSided {
  static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
  static final String NODE = "node-1";
  static final String VM = "vm-1";

  final ModelCluster cluster = new ModelCluster(START);
  final ModelApi api;
  final WatcherSide watcher;
  final DrainerSide drainer;

  /** Another replica; not started. */
  final DrainerSide other;

  /** After each step. */
  Runnable onlooker = () -> {};

  Consumer<Mortality.Death> watcherDies = TwoSided::unforeseen;
  Consumer<Mortality.Death> drainerDies = TwoSided::unforeseen;

  private final Strides strides = new Strides();

  TwoSided() {
    this(NodeMode.DRAIN);
  }

  TwoSided(NodeMode mode) {
    this(
        mode,
        LifecycleSettings.defaults()
            .withPolicy(
                mode == NodeMode.DRAIN ? Policy.defaults() : Policy.defaults().lookingOn()));
  }

  TwoSided(NodeMode mode, LifecycleSettings settings) {
    cluster.addNode(NODE);
    cluster.addNode("node-2");
    cluster.rebooted(NODE, "boot-1");
    cluster.ready(NODE);
    api = new ModelApi(cluster);
    watcher = new WatcherSide(NODE, machine("boot-1"), api, settings);
    drainer = new DrainerSide(NODE, api, settings, mode);
    other = new DrainerSide(NODE, api, settings, "drainer-2", mode);
  }

  static Machine machine(String bootId) {
    return new Machine(VM, Optional.of("id-1"), bootId, false);
  }

  TwoSided start() {
    watcher.start(Optional.empty());
    drainer.start();
    return this;
  }

  TwoSided pods(int number, Duration stops) {
    cluster.replicaSet(
        "shop",
        "web",
        number,
        pod -> pod.conduct(PodConduct.PROMPT.stopsIn(stops)).grace(Duration.ofSeconds(60)),
        NODE);
    return this;
  }

  void platform(ScheduledEvent... events) {
    watcher.platform = List.of(events);
  }

  static ScheduledEvent event(String id, String type, Duration notice, String... vms) {
    return Events.of(type, id)
        .naming(vms.length == 0 ? new String[] {VM} : vms)
        .at(START.plus(notice))
        .event();
  }

  static ScheduledEvent started(ScheduledEvent event) {
    return Events.like(event).started().event();
  }

  void reboots() {
    cluster.notReady(NODE);
    run("20S");
    watcher.machine = machine("boot-2");
    cluster.rebooted(NODE, "boot-2");
    cluster.ready(NODE);
    watcher.core(new Observation.DaemonStarted(watcher.machine));
  }

  void run(String duration) {
    long left = Duration.parse("PT" + duration).dividedBy(Strides.STEP);
    while (left > 0) {
      long steps = strides.next(left, cluster.now(), due());
      left -= steps;
      Duration stride = Strides.STEP.multipliedBy(steps);
      api.advance(stride);
      living(() -> watcherTurns(steps), watcherDies);
      living(() -> drainer.turn(stride), drainerDies);
      living(() -> other.turn(stride), drainerDies);
      onlooker.run();
    }
  }

  private List<Optional<Instant>> due() {
    return List.of(cluster.nextDue(), watcher.due(), drainer.due(), other.due());
  }

  private static void unforeseen(Mortality.Death death) {
    throw death;
  }

  private void watcherTurns(long steps) {
    if (watcher.alive && strides.polls(steps)) {
      watcher.poll();
    }
    watcher.turn(Strides.STEP.multipliedBy(steps));
  }

  private static void living(Runnable turn, Consumer<Mortality.Death> dies) {
    try {
      turn.run();
    } catch (Mortality.Death e) {
      dies.accept(e);
    }
  }

  Optional<String> annotation(String key) {
    return Optional.ofNullable(cluster.node(NODE).facts().annotations().get(key));
  }

  String stateWord() {
    return annotation(NodeKeys.STATE).orElse("none");
  }

  boolean isCordoned() {
    return cluster.node(NODE).facts().unschedulable();
  }
}
