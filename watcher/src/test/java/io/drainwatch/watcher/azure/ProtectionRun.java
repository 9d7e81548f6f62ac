package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.model.ModelApi;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.TimedDesk;
import io.drainwatch.drainer.nodes.DrainNote;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.Marks;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodePatch;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.NodeRecordJson;
import io.drainwatch.drainer.nodes.Phase;
import io.drainwatch.drainer.nodes.Prior;
import io.drainwatch.drainer.nodes.Progress;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A Node that is an instance of a scale set, its record, Azure, and who protects. */
final class ProtectionRun {
  static final String NODE = "n1";
  static final ResourceId INSTANCE = AzureSamples.SET.instance("7");

  final ModelCluster cluster = new ModelCluster(AzureSamples.NOW);
  final ModelApi api = new ModelApi(cluster);
  final PlayedAzure azure = new PlayedAzure();
  int reads;
  int patches;

  /** A webhook takes our marks out of what is written. */
  boolean stripsMarks;

  /** What happens while Azure is asked. */
  Runnable meanwhile = () -> {};

  /** What happens once, when Azure is about to be told to protect or not. */
  Runnable beforeTheChange = () -> {};

  ProtectionRun() {
    cluster.addNode(NODE);
    azure.with(AzureSamples.goodVm(INSTANCE));
  }

  /** When a process dies. */
  enum Death {
    BEFORE,
    AFTER
  }

  /** One process that leads; its effects are writes on Nodes and changes in Azure. */
  final class Leader {
    private final InstanceProtection protection;
    private Optional<Cluster.Watching> watching = Optional.empty();
    private Optional<Death> death = Optional.empty();
    private int dyingAt;
    private int effects;
    private boolean dead;

    private Leader(Desk desk, boolean protects) {
      protection =
          new InstanceProtection(seenBy(this), asInstance(this), desk, cluster.clock(), protects);
    }

    private Leader begin() {
      protection.begins();
      watching =
          Optional.of(
              api.watchNodes(
                  new Cluster.NodeListener() {
                    @Override
                    public void is(NodeFacts node) {
                      protection.is(instance(node));
                    }

                    @Override
                    public void isGone(String name) {
                      protection.isGone(name);
                    }
                  }));
      return this;
    }

    void dies(Death how, int atEffect) {
      death = Optional.of(how);
      dyingAt = atEffect;
    }

    void clockStepped(Duration by) {
      protection.clockStepped(by);
    }

    boolean isDead() {
      return dead;
    }

    void stops() {
      watching.ifPresent(Cluster.Watching::close);
      protection.ends();
    }

    private <T> T effect(Supplier<T> deed, T nothing) {
      if (dead) {
        return nothing;
      }
      effects++;
      if (death.isEmpty() || effects != dyingAt) {
        return deed.get();
      }
      dead = true;
      T done = death.get() == Death.AFTER ? deed.get() : nothing;
      stops();
      return done;
    }
  }

  Leader lead() {
    return lead(new TimedDesk(cluster));
  }

  Leader lead(Desk desk) {
    return new Leader(desk, true).begin();
  }

  /** One for which it is switched off. */
  Leader leadWithoutProtecting() {
    return new Leader(new TimedDesk(cluster), false).begin();
  }

  private AzureResources seenBy(Leader leader) {
    return (AzureResources)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {AzureResources.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("vm")) {
                reads++;
              }
              Supplier<Object> call =
                  () -> {
                    meanwhile.run();
                    if (method.getName().equals("protectFromScaleIn")) {
                      Runnable once = beforeTheChange;
                      beforeTheChange = () -> {};
                      once.run();
                    }
                    return called(azure, method, arguments);
                  };
              return method.getName().equals("protectFromScaleIn")
                  ? leader.effect(
                      call,
                      new AzureAnswer.NotTold<>(
                          AzureSamples.trouble(Trouble.Kind.TIMED_OUT, AzureCall.UPDATE_INSTANCE)))
                  : call.get();
            });
  }

  private Cluster asInstance(Leader leader) {
    return (Cluster)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Cluster.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "patchNode" ->
                      leader.effect(
                          () ->
                              switch (patched((String) arguments[0], (NodePatch) arguments[1])) {
                                case WriteAnswer.Done(NodeFacts node) ->
                                    new WriteAnswer.Done(instance(node));
                                case WriteAnswer other -> other;
                              },
                          new WriteAnswer.Unclear("dead"));
                  case "readNode" ->
                      switch (api.readNode((String) arguments[0])) {
                        case NodeReading.Found(NodeFacts node) ->
                            new NodeReading.Found(instance(node));
                        case NodeReading other -> other;
                      };
                  default -> called(api, method, arguments);
                });
  }

  private WriteAnswer patched(String name, NodePatch patch) {
    patches++;
    if (stripsMarks && api.readNode(name) instanceof NodeReading.Found(NodeFacts node)) {
      return new WriteAnswer.Done(node);
    }
    return api.patchNode(name, patch);
  }

  private static Object called(Object target, java.lang.reflect.Method method, Object[] arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static NodeFacts instance(NodeFacts node) {
    return new NodeFacts(
        node.name(),
        node.uid(),
        node.resourceVersion(),
        node.unschedulable(),
        node.labels(),
        node.annotations(),
        node.taints(),
        node.conditions(),
        node.readiness(),
        node.bootId(),
        "azure://" + INSTANCE.path(),
        node.announcements());
  }

  void pass(int seconds) {
    cluster.advance(Duration.ofSeconds(seconds));
  }

  boolean isProtected() {
    return azure.vms.get(INSTANCE.path()).protectedFromScaleIn();
  }

  boolean isMarked() {
    return cluster.node(NODE).annotations().containsKey(NodeKeys.PROTECTED);
  }

  void protectedBySomebodyElse() {
    azure.with(AzureSamples.protectedOrNot(AzureSamples.goodVm(INSTANCE), true));
  }

  void drains(String type, MaintenanceState state) {
    drains(type, state, HeldBy.NOTHING);
  }

  /** The record as the drain writes it. */
  void drains(String type, MaintenanceState state, HeldBy held) {
    boolean cordoned = !state.isBefore(MaintenanceState.CORDONED);
    if (cordoned) {
      cluster.cordon(NODE, true);
    }
    NodeEvent event =
        new NodeEvent(
            "e1",
            type,
            EventStatus.SCHEDULED,
            Optional.empty(),
            EventSource.PLATFORM,
            List.of("pool_7"),
            Optional.empty());
    NodeRecord record =
        new NodeRecord(
            "episode-1",
            new NodeMachine(
                cluster.node(NODE).uid(), Optional.empty(), cluster.node(NODE).bootId()),
            List.of(event),
            new Progress(
                state,
                Phase.NONE,
                cluster.now(),
                Optional.empty(),
                Optional.empty(),
                held,
                Optional.empty()),
            "rule",
            cordoned ? Marks.NONE.withCordon(true) : Marks.NONE,
            cordoned ? Optional.of(new Prior(false, Optional.empty())) : Optional.empty(),
            DrainNote.EMPTY,
            "drainer-a",
            1);
    cluster.annotate(NODE, NodeKeys.RECORD, NodeRecordJson.write(record));
  }

  void noDrain() {
    cluster.annotate(NODE, NodeKeys.RECORD, "");
  }
}
