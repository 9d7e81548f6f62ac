package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A cluster under a virtual clock: what is stored, what its controllers and kubelets make of it,
 * and the requests that a drain sends, with the answers of the real server. Nothing happens by
 * itself: {@link #advance} lets time pass. Not for several threads at once.
 */
public final class ModelCluster extends ClusterNodes {
  private final Set<String> closedNamespaces = new HashSet<>();
  private final NodeController nodeController;
  private final Scheduler scheduler;
  private final Workloads workloads;
  private final Budgets budgets;
  private final Deletions deletions;
  private final EvictionApi evictions;
  private final NodePatching patching;
  private final Documents leases;
  private final Documents events;
  private final Documents attachments;
  private Duration replacementDelay = Duration.ofSeconds(1);

  public ModelCluster(Instant start) {
    super(start);
    nodeController = new NodeController(store, time, stamps);
    Kubelets kubelets = new Kubelets(store, time, stamps);
    workloads = new Workloads(store, time, stamps, closedNamespaces);
    scheduler = new Scheduler(store, time);
    budgets = new Budgets(store, time, stamps, uid -> workloads.replicas(uid).orElse(0));
    deletions = new Deletions(store, stamps);
    evictions = new EvictionApi(store, stamps, deletions, closedNamespaces);
    patching = new NodePatching(store);
    leases = new Documents(store, stamps, "leases", "coordination.k8s.io");
    events = new Documents(store, stamps, "events", "events.k8s.io");
    attachments = new Documents(store, stamps, "volumeattachments", "storage.k8s.io");
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

  /** A volume is attached to a Node. */
  public void attach(String name, String node, String volume) {
    ObjectNode attachment = ObjectJson.begun("VolumeAttachment", "storage.k8s.io/v1");
    attachment.putObject("metadata").put("name", name);
    ObjectNode spec = attachment.putObject("spec").put("nodeName", node).put("attacher", "disk");
    spec.putObject("source").put("persistentVolumeName", volume);
    attachment.putObject("status").put("attached", true);
    attachments.create("", attachment);
  }

  /** Names of the volumes. */
  public List<String> attachedTo(String node) {
    return attachments.list("").stream()
        .filter(each -> each.path("spec").path("nodeName").asText().equals(node))
        .map(each -> each.path("spec").path("source").path("persistentVolumeName").asText())
        .toList();
  }

  public void detach(String name) {
    attachments.delete("", name);
  }

  /** As they were sent, events.k8s.io/v1. */
  public List<JsonNode> events() {
    return List.copyOf(events.list(""));
  }

  /** As it stands. */
  public Optional<JsonNode> lease(String namespace, String name) {
    return leases.get(namespace, name).document().map(it -> it);
  }

  Documents documents(String plural) {
    return switch (plural) {
      case "leases" -> leases;
      case "events" -> events;
      case "volumeattachments" -> attachments;
      default -> throw new AssertionError(plural);
    };
  }
}
