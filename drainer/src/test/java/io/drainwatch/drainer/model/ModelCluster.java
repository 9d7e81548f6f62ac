package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.nodes.NodeTaint;
import io.drainwatch.drainer.pods.PodPhase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A cluster under a virtual clock: what is stored, what its controllers and kubelets make of it,
 * and the requests that a drain sends, with the answers of the real server. Nothing happens by
 * itself: {@link #advance} lets time pass. Not for several threads at once.
 */
public final class ModelCluster {
  private final Timeline time;
  private final Store store = new Store();
  private final Stamps stamps;
  private final Set<String> closedNamespaces = new HashSet<>();
  private final NodeController nodeController;
  private final Scheduler scheduler;
  private final Workloads workloads;
  private final Budgets budgets;
  private final Deletions deletions;
  private final EvictionApi evictions;
  private final NodePatching patching;
  private Duration replacementDelay = Duration.ofSeconds(1);

  public ModelCluster(Instant start) {
    time = new Timeline(start);
    stamps = new Stamps(time);
    nodeController = new NodeController(store, time, stamps);
    Kubelets kubelets = new Kubelets(store, time, stamps);
    workloads = new Workloads(store, time, stamps, closedNamespaces);
    scheduler = new Scheduler(store, time);
    budgets = new Budgets(store, time, stamps, uid -> workloads.replicas(uid).orElse(0));
    deletions = new Deletions(store, stamps);
    evictions = new EvictionApi(store, stamps, deletions, closedNamespaces);
    patching = new NodePatching(store);
  }

  // time

  public Instant now() {
    return time.instant();
  }

  public InstantSource clock() {
    return time;
  }

  public void advance(Duration by) {
    time.advance(by);
  }

  /** When something happens next. */
  public Optional<Instant> nextDue() {
    return time.nextDue();
  }

  /** Something that a test wants to happen, in the order of time. */
  public void in(Duration delay, Runnable what) {
    time.in(delay, what);
  }

  /** The API server's clock less ours; stamps on pods and in headers. */
  public void serverAhead(Duration by) {
    stamps.serverAhead(by);
  }

  /** The Nodes' clocks less ours; heartbeats. */
  public void nodesAhead(Duration by) {
    stamps.nodeAhead(by);
  }

  public Instant serverNow() {
    return stamps.server();
  }

  /** How long the controllers take: budgets, scheduler, the taint beside a cordon. */
  public void controllersLag(Duration lag) {
    budgets.lag(lag);
    scheduler.lag(lag);
    nodeController.lag(lag);
  }

  // Nodes

  /** Ready, and ready to take pods. */
  public ModelNode addNode(String name) {
    return addNode(name, Map.of());
  }

  public ModelNode addNode(String name, Map<String, String> labels) {
    Map<String, String> all = new TreeMap<>(labels);
    all.putIfAbsent("kubernetes.io/hostname", name);
    Optional<Instant> now = Optional.of(stamps.node());
    ModelNode node =
        new ModelNode(
            name,
            store.newUid(),
            0,
            stamps.server(),
            false,
            all,
            Map.of(),
            List.of(),
            List.of(readiness("True", now, now)),
            "boot-" + name + "-1");
    return store.put(node);
  }

  private static ModelNode.Condition readiness(
      String status, Optional<Instant> heartbeat, Optional<Instant> changed) {
    boolean ready = status.equals("True");
    return new ModelNode.Condition(
        "Ready",
        status,
        ready ? "KubeletReady" : "NodeStatusUnknown",
        ready ? "kubelet is posting ready status" : "Kubelet stopped posting node status.",
        heartbeat,
        changed);
  }

  public Optional<ModelNode> findNode(String name) {
    return store.node(name);
  }

  public ModelNode node(String name) {
    return store.node(name).orElseThrow(() -> new AssertionError("no Node " + name));
  }

  public List<ModelNode> nodes() {
    return List.copyOf(store.nodes().values());
  }

  /** As the autoscaler does it; its pods go too, after a while. */
  public void deleteNode(String name) {
    store.remove(node(name));
    time.in(
        Duration.ofSeconds(20),
        () -> {
          if (store.node(name).isEmpty()) {
            store.podsOn(name).forEach(store::remove);
          }
        });
  }

  /** The kubelet is not heard of any more; its pods are not ready. */
  public void notReady(String name) {
    ModelNode node = node(name);
    Optional<Instant> last = node.condition("Ready").flatMap(ModelNode.Condition::heartbeat);
    store.put(node.with(readiness("Unknown", last, Optional.of(stamps.server()))));
    for (ModelPod pod : store.podsOn(name)) {
      if (pod.facts().ready()) {
        store.put(pod.with(it -> it.ready = false));
      }
    }
  }

  /** The kubelet is back. */
  public void ready(String name) {
    Optional<Instant> now = Optional.of(stamps.node());
    store.put(node(name).with(readiness("True", now, now)));
    for (ModelPod pod : store.podsOn(name)) {
      boolean works = pod.facts().phase() == PodPhase.RUNNING && pod.conduct().getsReady();
      if (works && !pod.isTerminating() && !pod.facts().ready()) {
        store.put(pod.with(it -> it.ready = true));
      }
    }
  }

  /** As the kubelet reports it after a reboot, together with being ready. */
  public void rebooted(String name, String bootId) {
    store.put(node(name).withBootId(bootId));
    ready(name);
  }

  /** By a person or another tool. */
  public void cordon(String name, boolean cordoned) {
    ModelNode node = node(name);
    store.put(node.withSpec(cordoned, node.taints()));
  }

  public void taint(String name, NodeTaint taint) {
    ModelNode node = node(name);
    List<NodeTaint> all = new ArrayList<>(node.taints());
    all.add(taint);
    store.put(node.withSpec(node.unschedulable(), all));
  }

  public void annotate(String name, String key, String value) {
    ModelNode node = node(name);
    Map<String, String> all = new TreeMap<>(node.annotations());
    all.put(key, value);
    store.put(node.withMetadata(node.labels(), all));
  }

  public void label(String name, String key, String value) {
    ModelNode node = node(name);
    Map<String, String> all = new TreeMap<>(node.labels());
    all.put(key, value);
    store.put(node.withMetadata(all, node.annotations()));
  }

  public void condition(String name, ModelNode.Condition condition) {
    store.put(node(name).with(condition));
  }

  // pods

  /** Stores it as it stands; a uid is made up where none is given. */
  public ModelPod add(PodFields fields) {
    fields.uid = fields.uid.isEmpty() ? store.newUid() : fields.uid;
    fields.created = fields.created.or(() -> Optional.of(stamps.server()));
    return store.put(fields.pod());
  }

  public Optional<ModelPod> findPod(String namespace, String name) {
    return store.pod(namespace + "/" + name);
  }

  public ModelPod pod(String namespace, String name) {
    return findPod(namespace, name)
        .orElseThrow(() -> new AssertionError("no pod " + namespace + "/" + name));
  }

  public List<ModelPod> podsOn(String node) {
    return store.podsOn(node);
  }

  public List<ModelPod> pods() {
    return List.copyOf(store.pods().values());
  }

  /** Whatever others do to a pod. */
  public ModelPod change(String namespace, String name, Consumer<PodFields> change) {
    return store.put(pod(namespace, name).with(change));
  }

  public void ready(String namespace, String name, boolean ready) {
    change(namespace, name, it -> it.ready = ready);
  }

  public void removeFinalizers(String namespace, String name) {
    ModelPod pod = change(namespace, name, it -> it.finalizers.clear());
    if (pod.isTerminating() && pod.deletionGrace().filter(Duration::isZero).isPresent()) {
      store.remove(pod);
    }
  }

  // controllers

  public void replacementDelay(Duration delay) {
    replacementDelay = delay;
  }

  /** Its pods run already: on these Nodes in turn, or where the scheduler puts them. */
  public Workload replicaSet(
      String namespace, String name, int replicas, Consumer<PodFields> template, String... nodes) {
    return workload("apps/v1", "ReplicaSet", namespace, name, replicas, template, nodes);
  }

  public Workload statefulSet(
      String namespace, String name, int replicas, Consumer<PodFields> template, String... nodes) {
    return workload("apps/v1", "StatefulSet", namespace, name, replicas, template, nodes);
  }

  public Workload job(
      String namespace, String name, int replicas, Consumer<PodFields> template, String... nodes) {
    return workload("batch/v1", "Job", namespace, name, replicas, template, nodes);
  }

  /** One on each Node. */
  public Workload daemonSet(
      String apiVersion, String namespace, String name, Consumer<PodFields> template) {
    Workload workload = workload(apiVersion, "DaemonSet", namespace, name, 0, template);
    store.nodes().keySet().forEach(node -> add(workloads.daemon(workload, node).on(node)));
    return workload;
  }

  public Workload workload(
      String apiVersion,
      String kind,
      String namespace,
      String name,
      int replicas,
      Consumer<PodFields> template,
      String... nodes) {
    Workload workload =
        new Workload(
            apiVersion,
            kind,
            namespace,
            name,
            store.newUid(),
            replicas,
            replacementDelay,
            template);
    for (int i = 0; i < replicas; i++) {
      String podName = kind.equals("StatefulSet") ? name + "-" + i : workloads.freeName(workload);
      PodFields pod = workload.newPod(podName);
      String node =
          nodes.length > 0
              ? nodes[i % nodes.length]
              : scheduler
                  .nodeFor(pod.pod())
                  .orElseThrow(() -> new AssertionError("no Node for " + podName));
      add(pod.on(node));
    }
    workloads.add(workload);
    return workload;
  }

  /** It makes no replacements any more. */
  public void forget(Workload workload) {
    workloads.remove(workload);
  }

  // budgets

  /** Its controller has seen it already. */
  public ModelBudget addBudget(String namespace, String name, ModelBudget.Spec spec) {
    ModelBudget budget =
        store.put(
            new ModelBudget(namespace, name, store.newUid(), 0, 1, spec, ModelBudget.State.NONE));
    budgets.sync(budget.key());
    return budget(namespace, name);
  }

  public ModelBudget budget(String namespace, String name) {
    return store
        .budget(namespace + "/" + name)
        .orElseThrow(() -> new AssertionError("no budget " + namespace + "/" + name));
  }

  public List<ModelBudget> budgets() {
    return List.copyOf(store.budgets().values());
  }

  /** Its controller sees it a moment later. */
  public void changeBudget(String namespace, String name, ModelBudget.Spec spec) {
    store.put(budget(namespace, name).with(spec));
  }

  /** A status that no controller wrote; it corrects that at its next turn, if it is not paused. */
  public void forceState(String namespace, String name, ModelBudget.State state) {
    store.put(budget(namespace, name).with(state));
  }

  public void deleteBudget(String namespace, String name) {
    store.remove(budget(namespace, name));
  }

  /** The budgets' controller stops: what changes in a spec is not observed. */
  public void pauseBudgets() {
    budgets.pause();
  }

  public void resumeBudgets() {
    budgets.resume();
  }

  // namespaces

  /** Nothing new may be made in it, evictions included; its pods are deleted after a moment. */
  public void terminateNamespace(String namespace) {
    closedNamespaces.add(namespace);
    time.in(
        Duration.ofSeconds(5),
        () ->
            pods().stream()
                .filter(pod -> pod.facts().namespace().equals(namespace))
                .forEach(pod -> delete(namespace, pod.facts().name(), DeleteWish.PLAIN)));
  }

  // requests

  public ModelAnswer evict(String namespace, String name, DeleteWish wish) {
    return evictions.evict(namespace, name, wish);
  }

  public ModelAnswer delete(String namespace, String name, DeleteWish wish) {
    return deletions.delete(namespace, name, wish);
  }

  /**
   * @param strategic false: JSON merge, which replaces lists
   */
  public ModelAnswer patchNode(String name, JsonNode patch, boolean strategic) {
    return patching.patch(name, patch, NodePatching.Part.NODE, strategic);
  }

  public ModelAnswer patchStatus(String name, JsonNode patch, boolean strategic) {
    return patching.patch(name, patch, NodePatching.Part.STATUS, strategic);
  }

  /** Old versions are forgotten: watches from before get 410. */
  public void compact() {
    store.compact();
  }

  Store store() {
    return store;
  }
}
