package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.budget.BudgetSettings;
import io.drainwatch.drainer.budget.PoolLimit;
import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.MachineFate;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.model.ModelApi;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelNode;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.TimedDesk;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ObservationJson;
import io.drainwatch.drainer.nodes.RecordReading;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.nodework.NodeWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A cluster, its watchers as notes, and drainers; all under virtual time. */
public final class FleetRun {
  public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  public final ModelCluster cluster = new ModelCluster(NOON);
  public final ModelApi api = new ModelApi(cluster);

  /** By which the drainers go. */
  InstantSource clock = cluster.clock();

  final List<String> summaries = new ArrayList<>();
  final List<Summary> summarized = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  public final List<Invariants.Violation> violations = new ArrayList<>();
  final FinishedRing finished = new FinishedRing();

  /** Hears the same. */
  public FleetListener beside = FleetListener.NONE;

  private final Desk desk = new TimedDesk(cluster);

  private final FleetListener listener =
      new FleetListener() {
        @Override
        public void leads(boolean leading) {
          finished.leads(leading);
          beside.leads(leading);
        }

        @Override
        public void stands(String node, String pool, Optional<Episode> episode, Instant now) {
          finished.stands(node, pool, episode, now);
          beside.stands(node, pool, episode, now);
        }

        @Override
        public void said(String node, Reason reason, String detail) {
          beside.said(node, reason, detail);
        }

        @Override
        public void held(String node, String pool, HeldBy by) {
          beside.held(node, pool, by);
        }

        @Override
        public void nodeIsGone(String node, Instant now) {
          beside.nodeIsGone(node, now);
        }

        @Override
        public void settled(String node, Instant now) {
          beside.settled(node, now);
        }

        @Override
        public void summarized(String node, Summary summary, EpisodeEnd ending) {
          finished.summarized(node, summary, ending);
          summaries.add(node + " " + ending.word());
          summarized.add(summary);
          beside.summarized(node, summary, ending);
        }

        @Override
        public void noted(String node, NodeNote note) {
          notes.add(node + " " + note);
          beside.noted(node, note);
        }

        @Override
        public void violated(String node, List<Invariants.Violation> broken) {
          violations.addAll(broken);
        }
      };

  /** Whoever can tell of VMs says this, by provider id; of others nothing. */
  final Map<String, MachineFate> fates = new HashMap<>();

  final List<Instant> lookedAt = new ArrayList<>();

  /** Beside the drains. */
  Companion companion = Companion.NONE;

  /** Of drainers that come: between the fold of a Node and the work on it. */
  Supplier<Duration> lag = () -> Duration.ZERO;

  /** What the Lease itself says, before anybody was told. */
  boolean holdsLease = true;

  private void askedFor(String providerId, Consumer<MachineFate> answer) {
    lookedAt.add(cluster.now());
    answer.accept(
        fates.getOrDefault(
            providerId.substring(providerId.lastIndexOf('/') + 1), MachineFate.UNKNOWN));
  }

  /** A drainer that leads, and can ask what became of VMs. */
  Fleet leadingAndLooking(String holder, FleetSettings settings) {
    return leadingAndLooking(NodeSettings.defaults(holder), settings);
  }

  Fleet leadingAndLooking(NodeSettings work, FleetSettings settings) {
    Fleet fleet =
        drainer(
            new NodeWork(work, Policy.defaults()).lookingForMachines(Duration.ofMinutes(5)),
            settings);
    fleet.start();
    return fleet;
  }

  /** A drainer that leads, and acknowledges in place of watchers that are gone. */
  Fleet leadingFor(String holder, StandIn standIn) {
    Fleet fleet =
        new Fleet(
            settings(),
            api,
            new VirtualHands(new NodeWork(NodeSettings.defaults(holder), Policy.defaults()), api),
            desk,
            clock,
            listener,
            HandOver.NOBODY_ELSE,
            new Beside(companion, Optional.of(standIn), holder, () -> holdsLease));
    fleet.start();
    return fleet;
  }

  public static FleetSettings settings() {
    return FleetSettings.of(LifecycleSettings.defaults());
  }

  public static FleetSettings atMost(int nodes) {
    return settings().with(new BudgetSettings(Map.of(), Optional.of(new PoolLimit.Nodes(nodes))));
  }

  public FleetRun nodes(String... names) {
    for (String name : names) {
      cluster.addNode(name);
    }
    return this;
  }

  public Fleet drainer(String holder, FleetSettings settings) {
    return drainer(holder, settings, HandOver.NOBODY_ELSE);
  }

  Fleet drainer(String holder, FleetSettings settings, HandOver handOver) {
    return drainer(
        new NodeWork(NodeSettings.defaults(holder), Policy.defaults()), settings, handOver);
  }

  Fleet drainer(NodeWork work, FleetSettings settings) {
    return drainer(work, settings, HandOver.NOBODY_ELSE);
  }

  private Fleet drainer(NodeWork work, FleetSettings settings, HandOver handOver) {
    VirtualHands hands = new VirtualHands(work, api, this::askedFor);
    hands.lag = lag;
    return new Fleet(
        settings,
        api,
        hands,
        desk,
        clock,
        listener,
        handOver,
        new Beside(companion, StandIn.NOBODY, "", () -> true));
  }

  /** A drainer that leads. */
  public Fleet leading(FleetSettings settings) {
    Fleet fleet = drainer("drainer-a", settings);
    fleet.start();
    return fleet;
  }

  public Note note(String node) {
    return Note.of(node, cluster.now());
  }

  /** The watcher of a Node writes its annotation. */
  public void tell(String node, Note note) {
    cluster.annotate(node, NodeKeys.OBSERVATION, ObservationJson.write(note.note()));
  }

  public void reboots(String node, String id) {
    tell(node, note(node).event(id, "Reboot", cluster.now().plus(Duration.ofMinutes(15))));
  }

  public void pass(Duration time) {
    cluster.advance(time);
  }

  public Optional<NodeRecord> record(String node) {
    ModelNode found = cluster.node(node);
    NodeMachine machine = new NodeMachine(found.uid(), Optional.empty(), found.bootId());
    return RecordReading.of(found.facts(), machine) instanceof RecordReading.Resume resume
        ? Optional.of(resume.record())
        : Optional.empty();
  }

  public String state(String node) {
    return cluster.node(node).annotations().getOrDefault(NodeKeys.STATE, "none");
  }

  boolean is(String node, MaintenanceState state) {
    return state(node).equals(state.word());
  }

  public boolean isCordoned(String node) {
    return cluster.node(node).unschedulable();
  }

  List<ModelRequest> evictions() {
    return api.requests().stream()
        .filter(each -> each.verb() == Verb.EVICT || each.verb() == Verb.DELETE_POD)
        .toList();
  }
}
