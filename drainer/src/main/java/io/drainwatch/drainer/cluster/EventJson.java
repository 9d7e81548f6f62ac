package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
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
  private static final int MOST_BYTES = 1_024;

  /** In UTF-8. */
  private static final int LONGEST_CHARACTER = 4;

  private final ClusterConnection connection;
  private final InstantSource clock;

  EventJson(ClusterConnection connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
  }

  Asked of(NodeNews news) {
    String namespace = news.pod().map(NodeNews.Pod::namespace).orElse("default");
    String about = news.pod().map(NodeNews.Pod::name).orElse(news.nodeName());
    ObjectNode event =
        event(
            new Said(
                namespace,
                about,
                news.notice().action(),
                news.notice().reason(),
                news.notice().isWarning(),
                news.notice().note(news.detail())));
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
    return posted(namespace, event);
  }

  /** In the set's namespace. */
  Asked of(SetNews news) {
    ObjectNode event =
        event(
            new Said(
                news.set().namespace(),
                news.set().name(),
                news.notice().action(),
                news.notice().reason(),
                news.notice().isWarning(),
                note(news.notice().note(news.detail()))));
    event
        .putObject("regarding")
        .put("apiVersion", "apps/v1")
        .put("kind", "StatefulSet")
        .put("namespace", news.set().namespace())
        .put("name", news.set().name())
        .put("uid", news.set().uid());
    return posted(news.set().namespace(), event);
  }

  private static String note(String text) {
    String line = Line.cut(text, MOST_BYTES);
    return line.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
        ? line
        : Line.cut(line, MOST_BYTES / LONGEST_CHARACTER);
  }

  private record Said(
      String namespace,
      String about,
      String action,
      String reason,
      boolean isWarning,
      String note) {}

  private ObjectNode event(Said said) {
    ObjectNode event =
        ApiJson.MAPPER
            .createObjectNode()
            .put("apiVersion", "events.k8s.io/v1")
            .put("kind", "Event");
    event
        .putObject("metadata")
        .put("namespace", said.namespace())
        .put("name", Line.cut(said.about(), LONGEST_NAME) + "." + UUID.randomUUID());
    return event
        .put("eventTime", MICROSECONDS.format(clock.instant()))
        .put("reportingController", connection.reportingController())
        .put("reportingInstance", connection.reportingInstance())
        .put("action", said.action())
        .put("reason", said.reason())
        .put("type", said.isWarning() ? "Warning" : "Normal")
        .put("note", said.note());
  }

  private static Asked posted(String namespace, ObjectNode event) {
    return Asked.post(
        "/apis/events.k8s.io/v1/namespaces/" + Asked.encoded(namespace) + "/events",
        ApiJson.text(event),
        Asked.STATUS_BYTES);
  }

  private static void node(ObjectNode reference, NodeNews news) {
    reference.put("kind", "Node").put("name", news.nodeName()).put("uid", news.nodeUid());
  }
}
