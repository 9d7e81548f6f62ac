package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelNode;
import io.drainwatch.drainer.model.ModelServer;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ObservationJson;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.RecordReading;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A cluster of three Nodes by the real clock, and what the watchers there write. */
final class DrainedCluster implements AutoCloseable {
  static final String EVENT = "602D9444-0001-4CD5-9C3E-EVENT0000001";
  private static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/ops/leases/drainwatch-drainer";

  final ModelServer server;

  DrainedCluster() {
    InstantSource clock = InstantSource.system();
    ModelCluster cluster = new ModelCluster(clock.instant());
    List.of("n1", "n2", "n3").forEach(cluster::addNode);
    server = ModelServer.by(clock, cluster);
  }

  /** Web servers that take so long to stop. */
  void web(int replicas, Duration stops, String node) {
    server.with(
        it -> it.replicaSet("shop", "web-" + node, replicas, pod -> pod.stopsIn(stops), node));
  }

  /** A Reboot is announced. */
  void announce(String node) {
    tell(node, true, EventStatus.SCHEDULED, List.of());
  }

  /** The watcher acknowledged it, and it has started. */
  void start(String node) {
    tell(node, true, EventStatus.STARTED, List.of());
  }

  void reboot(String node) {
    server.with(
        it -> {
          it.notReady(node);
          it.rebooted(node, "boot-" + node + "-2");
          return it;
        });
  }

  void missing(String node) {
    tell(node, false, EventStatus.STARTED, List.of());
  }

  void gone(String node) {
    tell(node, false, EventStatus.STARTED, List.of(EVENT));
  }

  private void tell(String node, boolean isThere, EventStatus status, List<String> gone) {
    server.with(
        it -> {
          Instant now = it.now();
          NodeEvent event =
              new NodeEvent(
                  EVENT,
                  "Reboot",
                  status,
                  status == EventStatus.STARTED
                      ? Optional.empty()
                      : Optional.of(now.plus(Duration.ofMinutes(15))),
                  EventSource.PLATFORM,
                  List.of("vm-" + node),
                  Optional.empty());
          boolean isAcknowledged = status == EventStatus.STARTED;
          ObservationNote note =
              new ObservationNote(
                  Optional.of("id-of-vm-" + node),
                  "vm-" + node,
                  it.node(node).bootId(),
                  1,
                  now,
                  ObservationNote.Health.OK,
                  isThere ? List.of(event) : List.of(),
                  isThere || !gone.isEmpty() ? List.of() : List.of(EVENT),
                  gone,
                  isAcknowledged ? List.of(new ObservationNote.Ack(EVENT, now, 200)) : List.of(),
                  List.of(),
                  0);
          it.annotate(node, NodeKeys.OBSERVATION, ObservationJson.write(note));
          return it;
        });
  }

  boolean isCordoned(String node) {
    return server.with(it -> it.node(node).unschedulable());
  }

  String state(String node) {
    return server.with(it -> it.node(node).annotations().getOrDefault(NodeKeys.STATE, "none"));
  }

  NodeRecord record(String node) {
    ModelNode found = server.with(it -> it.node(node));
    NodeMachine machine = new NodeMachine(found.uid(), Optional.empty(), found.bootId());
    return switch (RecordReading.of(found.facts(), machine)) {
      case RecordReading.Resume resume -> resume.record();
      case RecordReading other -> throw new AssertionError("no record to go on with: " + other);
    };
  }

  boolean isEmpty(String node) {
    return server.with(it -> it.podsOn(node).isEmpty());
  }

  long evictions() {
    return server.requests(Verb.EVICT).size();
  }

  String leader() {
    return server.with(
        it ->
            it.lease("ops", "drainwatch-drainer")
                .map(lease -> lease.path("spec").path("holderIdentity").asText(""))
                .orElse(""));
  }

  /** As somebody else writes it, whatever its version. */
  void leaseIsHeldBy(String holder) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + LEASE))
            .header("Content-Type", "application/merge-patch+json")
            .method(
                "PATCH",
                HttpRequest.BodyPublishers.ofString(
                    "{\"spec\":{\"holderIdentity\":\"" + holder + "\"}}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new AssertionError("the Lease was not written: " + status);
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
