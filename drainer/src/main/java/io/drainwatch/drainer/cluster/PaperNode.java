package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.nodes.ConditionPatch;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodePatch;
import io.drainwatch.drainer.nodes.NodePatchJson;
import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.PodView;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Node with pods that is nowhere but here: what is written is put into JSON and read back as if a
 * server had said it. For drains on paper, which load the classes that a real one needs at once.
 */
public final class PaperNode {
  /** As Nodes cannot be called. */
  public static final String NAME = "(paper)";

  private static final String NAMESPACE = "paper";
  private static final String NODE =
      """
      {"kind":"Node","apiVersion":"v1","metadata":{"name":"%1$s","uid":"%1$s","resourceVersion":"1",
      "labels":{"kubernetes.io/hostname":"%1$s"},"annotations":{}},"spec":{},
      "status":{"nodeInfo":{"bootID":"%1$s"},"conditions":[{"type":"Ready","status":"True",
      "lastHeartbeatTime":"2026-01-01T00:00:00Z","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}"""
          .formatted(NAME);
  private static final String POD =
      """
      {"metadata":{"name":"pod-%d","namespace":"%s","uid":"pod-%1$d","resourceVersion":"1",
      "labels":{"app":"paper"},"ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet",
      "name":"paper","uid":"paper","controller":true}],"creationTimestamp":"2026-01-01T00:00:00Z"},
      "spec":{"nodeName":"%s","terminationGracePeriodSeconds":30,"tolerations":[{"key":"k",
      "operator":"Exists","effect":"NoExecute"}],"volumes":[{"name":"v","emptyDir":{}}]},
      "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}""";
  private static final String DONE =
      """
      {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":201}""";

  private final ObjectNode node = (ObjectNode) json(NODE);
  private final List<String> pods = new ArrayList<>();
  private int version = 1;

  public PaperNode(int number) {
    for (int i = 0; i < number; i++) {
      pods.add(POD.formatted(i, NAMESPACE, NAME));
    }
  }

  private static JsonNode json(String text) {
    try {
      return ApiJson.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON of our own can be read", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public NodeFacts node() {
    Reply.Http answer =
        new Reply.Http(
            new Head(200, Optional.empty(), Optional.empty()), bytes(ApiJson.text(node)), true);
    return NodeReader.read(answer)
        .orElseThrow(() -> new IllegalStateException("a Node of our own can be read"));
  }

  /** Somebody else writes an annotation. */
  public NodeFacts annotated(String key, String value) {
    node.withObject("/metadata/annotations").put(key, value);
    return changed();
  }

  private NodeFacts changed() {
    version++;
    node.withObject("/metadata").put("resourceVersion", Integer.toString(version));
    return node();
  }

  public WriteAnswer patched(NodePatch patch) {
    JsonNode written = json(NodePatchJson.write(patch));
    ObjectNode annotations = node.withObject("/metadata/annotations");
    written
        .path("metadata")
        .path("annotations")
        .properties()
        .forEach(
            each -> {
              if (each.getValue().isNull()) {
                annotations.remove(each.getKey());
              } else {
                annotations.set(each.getKey(), each.getValue());
              }
            });
    written
        .path("spec")
        .properties()
        .forEach(each -> node.withObject("/spec").set(each.getKey(), each.getValue()));
    return new WriteAnswer.Done(changed());
  }

  public WriteAnswer patched(ConditionPatch patch) {
    JsonNode written = json(NodePatchJson.write(patch));
    ArrayNode conditions = node.withArray("/status/conditions");
    written.path("status").path("conditions").forEach(conditions::add);
    return new WriteAnswer.Done(changed());
  }

  public PodListing listed(Instant now) {
    String list =
        """
        {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[%s]}"""
            .formatted(String.join(",", pods));
    try {
      Page<PodFacts> page =
          Page.read(
              new ByteArrayInputStream(bytes(list)),
              "PodList",
              ApiJson.DROPPED_BUT_STATUSES,
              each -> Optional.of(PodReader.read(each)));
      return new PodListing.Complete(page.items(), now, now, now);
    } catch (IOException e) {
      throw new IllegalStateException("a list of our own can be read", e);
    }
  }

  public PodsSeen seen(Instant now) {
    return listed(now) instanceof PodListing.Complete complete
        ? new PodsSeen(new PodView(complete.pods(), Optional.of(now)), Duration.ZERO, 0)
        : new PodsSeen(new PodView(List.of(), Optional.empty()), Duration.ZERO, 0);
  }

  /** The pod is gone at once. */
  public EvictionAnswer answered(EvictionRequest.ForPod request) {
    PodRequestJson.of(request);
    pods.removeIf(each -> each.contains("\"uid\":\"" + request.pod().uid() + "\""));
    return StatusReader.answer(
        new Reply.Http(new Head(201, Optional.empty(), Optional.empty()), bytes(DONE), true));
  }

  public void told(NodeNews news, Instant now) {
    new EventJson(ClusterConnection.found("drainwatch.io/paper", NAME), InstantSource.fixed(now))
        .of(news);
  }
}
