package io.drainwatch.watcher.bench;

import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelRequest;
import io.drainwatch.drainer.model.ModelServer;
import io.drainwatch.drainer.model.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The project's own model behind a socket. Moments are those at which it was asked. */
final class ModelApiServer implements ApiServer {
  private static final String NODE = "vm-0";

  /** Events have a limit of their own, and a watch ends and begins as it likes. */
  private static final Set<Verb> NOT_COUNTED = Set.of(Verb.POST_EVENT, Verb.WATCH, Verb.LEASE);

  private final ModelServer server;
  private int workloads;

  ModelApiServer() throws IOException {
    this(2);
  }

  /**
   * @param nodes how many; the first is the one that is drained
   */
  ModelApiServer(int nodes) throws IOException {
    InstantSource clock = InstantSource.system();
    server = ModelServer.by(clock, new ModelCluster(clock.instant()));
    String boot = ApiServer.bootId();
    server.with(
        each -> {
          each.addNode(NODE);
          for (int i = 2; i <= nodes; i++) {
            each.addNode("node-" + i);
          }
          each.rebooted(NODE, boot);
          return each;
        });
  }

  /** Whether a drainer has asked for its Lease. */
  boolean isLed() {
    return server.count(Verb.LEASE) > 1;
  }

  @Override
  public String words() {
    return "model of the API server";
  }

  @Override
  public String node() {
    return NODE;
  }

  @Override
  public String namespace() {
    return "default";
  }

  @Override
  public Path kubeconfig(Path directory) throws IOException {
    return server.writeKubeconfig(directory.resolve("model.kubeconfig"));
  }

  @Override
  public void pods(int count) {
    workloads++;
    server.with(
        each ->
            each.replicaSet("shop", "web-" + workloads, count, pod -> pod.stopsIn(GRACE), NODE));
  }

  @Override
  public boolean isEmpty() {
    return server.with(each -> each.podsOn(NODE).isEmpty());
  }

  @Override
  public boolean isCordoned() {
    return server.with(each -> each.node(NODE).unschedulable());
  }

  @Override
  public boolean hasRecord() {
    return server.with(
        each ->
            each.node(NODE).annotations().keySet().stream()
                .anyMatch(key -> key.startsWith("drainwatch.io/maintenance")));
  }

  @Override
  public Optional<Instant> cordonedSince(Instant moment) {
    return first(Verb.PATCH_NODE, moment, each -> each.body().contains("\"unschedulable\":true"));
  }

  @Override
  public Optional<Instant> evictedSince(Instant moment) {
    return first(Verb.EVICT, moment, each -> true);
  }

  private Optional<Instant> first(Verb verb, Instant since, Predicate<ModelRequest> which) {
    return server.requests(verb).stream()
        .filter(each -> !each.at().isBefore(since))
        .filter(which)
        .map(ModelRequest::at)
        .findFirst();
  }

  @Override
  public Optional<String> requests(Instant from, Instant to) {
    Map<Verb, Long> counts =
        server.requests().stream()
            .filter(each -> !NOT_COUNTED.contains(each.verb()))
            .filter(each -> !each.at().isBefore(from) && each.at().isBefore(to))
            .collect(
                Collectors.groupingBy(ModelRequest::verb, TreeMap::new, Collectors.counting()));
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    return Optional.of(all + " requests until the acknowledgement, " + counts);
  }

  @Override
  public void uncordon() {
    server.with(
        each -> {
          each.cordon(NODE, false);
          return each;
        });
  }

  @Override
  public void ready() {
    server.with(
        each -> {
          each.ready(NODE);
          return each;
        });
  }

  @Override
  public void close() {
    server.close();
  }
}
