package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** Events in the form of events.k8s.io/v1. Those of Nodes live in {@code default}, as kubelet's. */
final class EventJson {
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int LONGEST_NAME = 200;

  private final ClusterConnection connection;
  private final InstantSource clock;

  EventJson(ClusterConnection connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
  }

  Asked of(NodeNews news) {
    Instant now = clock.instant();
    String namespace = news.pod().map(NodeNews.Pod::namespace).orElse("default");
    String about = news.pod().map(NodeNews.Pod::name).orElse(news.nodeName());
    ObjectNode event =
        ApiJson.MAPPER
            .createObjectNode()
            .put("apiVersion", "events.k8s.io/v1")
            .put("kind", "Event");
    event
        .putObject("metadata")
        .put("namespace", namespace)
        .put("name", Line.cut(about, LONGEST_NAME) + "." + UUID.randomUUID());
    event
        .put("eventTime", MICROSECONDS.format(now))
        .put("reportingController", connection.reportingController())
        .put("reportingInstance", connection.reportingInstance())
        .put("action", news.notice().action())
        .put("reason", news.notice().reason())
        .put("type", news.notice().isWarning() ? "Warning" : "Normal")
        .put("note", news.notice().note(news.detail()));
    ObjectNode regarding = event.putObject("regarding").put("apiVersion", "v1");
    news.pod()
        .ifPresentOrElse(
            pod -> {
              regarding
                  .put("kind", "Pod")
                  .put("namespace", pod.namespace())
                  .put("name", pod.name())
                  .put("uid", pod.uid());
              node(event.putObject("related").put("apiVersion", "v1"), news);
            },
            () -> node(regarding, news));
    return Asked.post(
        "/apis/events.k8s.io/v1/namespaces/" + Asked.encoded(namespace) + "/events",
        ApiJson.text(event),
        Asked.STATUS_BYTES);
  }

  private static void node(ObjectNode reference, NodeNews news) {
    reference.put("kind", "Node").put("name", news.nodeName()).put("uid", news.nodeUid());
  }
}
