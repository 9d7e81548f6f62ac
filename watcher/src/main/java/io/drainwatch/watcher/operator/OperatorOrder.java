package io.drainwatch.watcher.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.GroupMember;
import io.drainwatch.watcher.report.StatusJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A drain or a resume by hand, or who is in the group, as the daemon takes it.
 *
 * @param path under which it is posted
 */
public record OperatorOrder(String path, String json, Progress.Aim aim) {

  /**
   * @param type what the drain is treated as; empty: the daemon decides
   * @param within empty: no deadline
   */
  public static OperatorOrder drain(Optional<String> type, Optional<Duration> within) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    type.ifPresent(word -> body.put("type", word));
    within.ifPresent(time -> body.put("within", time.toString()));
    return new OperatorOrder(StatusReading.PATH + "/drain", body.toString(), Progress.Aim.DRAINED);
  }

  public static OperatorOrder resume() {
    return new OperatorOrder(StatusReading.PATH + "/resume", "{}", Progress.Aim.BACK_IN_SERVICE);
  }

  /**
   * Nothing follows that could be waited for.
   *
   * @param members all VMs of the group, the daemon's included
   */
  public static OperatorOrder group(List<GroupMember> members) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (GroupMember each : members) {
      ObjectNode member =
          list.addObject().put("vmName", each.vmName()).put("id", each.id()).put("up", each.up());
      if (!each.boot().isBlank()) {
        member.put("boot", each.boot());
      }
    }
    return new OperatorOrder(
        StatusReading.PATH + "/group", list.toString(), Progress.Aim.BACK_IN_SERVICE);
  }

  /** What the daemon made of it. */
  public sealed interface Outcome {
    /** It has begun. */
    record Taken(StatusReading.FromDaemon status) implements Outcome {}

    record Refused(String sentence) implements Outcome {}

    record NoDaemon(String sentence) implements Outcome {}
  }

  public Outcome give(DaemonCalls calls, String token) {
    return switch (calls.post(path, json, token)) {
      case DaemonAnswer.Silent(String why) ->
          new Outcome.NoDaemon(
              "The daemon does not answer at " + calls.address() + " (" + why + ").");
      case DaemonAnswer.Came(int status, String body) when status == 202 ->
          StatusReading.understood(calls.address(), body)
              .<Outcome>map(Outcome.Taken::new)
              .orElseGet(() -> stranger(calls));
      case DaemonAnswer.Came(int status, String body) when status == 401 ->
          new Outcome.Refused(
              "The daemon at "
                  + calls.address()
                  + " does not take this token: it is another's, or the daemon was started anew"
                  + " a moment ago.");
      case DaemonAnswer.Came came ->
          why(came.body())
              .<Outcome>map(why -> new Outcome.Refused("The daemon refuses: " + why + "."))
              .orElseGet(() -> stranger(calls));
    };
  }

  private static Outcome stranger(DaemonCalls calls) {
    return new Outcome.NoDaemon(
        calls.address() + " answers, but not as Drainwatch does; nothing was asked of it.");
  }

  /** As the server's error bodies say it, all faults included. */
  static Optional<String> why(String body) {
    try {
      JsonNode tree = StatusJson.readTree(body);
      if (!tree.path("why").isTextual()) {
        return Optional.empty();
      }
      List<String> parts = new ArrayList<>(List.of(tree.path("why").asText()));
      for (JsonNode fault : tree.path("faults")) {
        // "reason" is the core's word for machines and says nothing that "why" does not
        if (!fault.path("key").asText().equals("reason")) {
          parts.add(fault.path("key").asText() + ": " + fault.path("reason").asText());
        }
      }
      return Optional.of(String.join("; ", parts));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
