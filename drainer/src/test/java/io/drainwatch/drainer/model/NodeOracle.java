package io.drainwatch.drainer.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks after each step at what reached the API server about one Node, and says which invariant of
 * lifecycle.md that broke. It knows the Node and the requests, and nothing of who sent them.
 */
public final class NodeOracle {
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final ModelApi api;
  private final String node;
  private final Set<String> seenHere = new HashSet<>();
  private List<NodeOracle> elsewhere = List.of();
  private final Map<String, Instant> lastTry = new HashMap<>();
  private final List<String> broken = new ArrayList<>();
  private int looked;
  private boolean isForeign;
  private boolean isCordoned;
  private boolean isRecordLost;
  private boolean severalAct;
  private Set<String> triesUnknown = Set.of();
  private boolean isUncordonedByOthers;
  private Optional<Instant> mustStopAt = Optional.empty();
  private String recordBefore = "";

  public NodeOracle(ModelApi api, String node) {
    this.api = api;
    this.node = node;
  }

  /** Pods of other Nodes are theirs to judge. */
  public void isBeside(List<NodeOracle> others) {
    elsewhere = others.stream().filter(each -> each != this).toList();
  }

  /** Somebody else's cordon stands from now on. */
  public void cordonedByOthers() {
    isCordoned = true;
    isForeign = true;
  }

  /** Who evicts may not have heard of it yet. */
  public void uncordonedByOthers() {
    isCordoned = false;
    isForeign = false;
    isUncordonedByOthers = true;
  }

  /** Another Node object stands under the name. */
  public void madeAnew() {
    isCordoned = false;
    isForeign = false;
    isUncordonedByOthers = true; // who evicts may not have heard of it yet
  }

  public boolean isForeign() {
    return isForeign;
  }

  /** Two that both take themselves for the leader do not know of each other's tries. */
  public void severalAct(boolean several) {
    severalAct = several;
    if (!several) {
      lastTry.clear(); // nor does the one that is left (history 106792)
    }
  }

  /**
   * The Node that these pods are on was made anew a moment ago: who begins with it knows of no
   * tries of who worked on the one before.
   */
  public void knowsNoTriesOf(Set<String> uids) {
    triesUnknown = Set.copyOf(uids);
  }

  /** Somebody took the record away: whose the cordon is only the process that made it knows. */
  public void recordDeleted() {
    isRecordLost = true;
  }

  /** Whether an event that is to be drained for is in the newest document. */
  public void stands(boolean stands, Instant now) {
    mustStopAt = stands ? Optional.empty() : mustStopAt.or(() -> Optional.of(now));
  }

  public List<String> broken() {
    return List.copyOf(broken);
  }

  /** After each step. */
  public void look() {
    ModelNode now = api.cluster().node(node);
    List<ModelRequest> all = api.requests();
    see();
    elsewhere.forEach(NodeOracle::see);
    for (ModelRequest each : all.subList(looked, all.size())) {
      switch (each.verb()) {
        case EVICT, DELETE_POD -> pod(each, now);
        case PATCH_NODE -> {
          if (each.target().equals(node)) {
            patch(each, now);
          }
        }
        default -> {}
      }
    }
    looked = all.size();
    isCordoned = now.unschedulable();
    isUncordonedByOthers &= !isCordoned;
    recordBefore = now.facts().annotations().getOrDefault(NodeKeys.RECORD, "");
  }

  private void see() {
    api.cluster().podsOn(node).forEach(pod -> seenHere.add(pod.uid()));
  }

  private void pod(ModelRequest request, ModelNode now) {
    JsonNode body = json(request.body());
    String uid = body.findPath("uid").asText();
    if (!seenHere.contains(uid) && elsewhere.stream().anyMatch(it -> it.seenHere.contains(uid))) {
      return;
    }
    if (!seenHere.contains(uid)) {
      broken.add("I2 a pod that was not seen here: " + request);
    }
    if (!now.unschedulable() && !isUncordonedByOthers) {
      broken.add("I2 evicts on a Node that is not cordoned: " + request);
    }
    JsonNode grace = body.findPath("gracePeriodSeconds");
    if (!grace.isMissingNode() && grace.asInt() < 1) {
      broken.add("I6 a grace of less than 1 s: " + request);
    }
    Optional<Instant> last = Optional.ofNullable(lastTry.put(uid, request.at()));
    boolean isTooSoon =
        last.filter(at -> request.at().isBefore(at.plus(BETWEEN_TRIES))).isPresent();
    if (isTooSoon && !severalAct && !triesUnknown.contains(uid)) {
      broken.add("I5 tried again within a second: " + last + " " + request);
    }
    if (mustStopAt.filter(at -> request.at().isAfter(at.plus(BETWEEN_TRIES))).isPresent()) {
      broken.add("I7 evicts for nothing since " + mustStopAt + ": " + request);
    }
  }

  // one that is sent again for want of an answer is refused: it says of which version it is
  private void patch(ModelRequest request, ModelNode now) {
    JsonNode wish = json(request.body()).path("spec").path("unschedulable");
    boolean isUndone = isCordoned && !now.unschedulable();
    if (isUndone && !wish.isMissingNode() && !wish.asBoolean()) {
      boolean isOurs = json(recordBefore).path("did").path("cordon").asBoolean();
      if (isForeign || !(isOurs || isRecordLost)) {
        broken.add("I3 undoes a cordon that is not ours: " + request + " by " + recordBefore);
      }
    }
  }

  private static JsonNode json(String text) {
    try {
      return text.isBlank()
          ? RequestJson.MAPPER.createObjectNode()
          : RequestJson.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return RequestJson.MAPPER.createObjectNode();
    }
  }
}
