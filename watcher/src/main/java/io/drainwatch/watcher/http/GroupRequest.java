package io.drainwatch.watcher.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.maintenance.Group;
import io.drainwatch.drainer.maintenance.GroupMember;
import io.drainwatch.watcher.http.ErrorBody.Fault;
import io.drainwatch.watcher.report.StatusJson;
import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The body of {@code POST /maintenance/group}: a JSON list of all VMs of the group, this one
 * included, each {@code {"vmName": "pool_3", "id": "...", "boot": "...", "up": true}}. {@code boot}
 * may be left out; see {@link GroupMember} for what they mean. One fault and nothing of it counts,
 * since a VM that is missing in it would be taken for one that has left.
 *
 * @param members at least one, no name twice
 */
record GroupRequest(List<GroupMember> members) {
  /** This one and as many others as are kept in mind. */
  static final int MOST = Group.MOST_MEMBERS + 1;

  private static final String WHAT = "take in who is in the group";
  private static final int MOST_FAULTS = 20;
  private static final Set<String> KEYS = Set.of("vmName", "id", "boot", "up");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,79}");
  private static final Pattern MARK = Pattern.compile("[!-~]{1,128}");

  GroupRequest {
    members = List.copyOf(members);
  }

  static GroupRequest read(String body) {
    JsonNode list = list(body);
    List<Fault> faults = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<GroupMember> members = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode each = list.get(i);
      String at = "[" + i + "]";
      if (!each.isObject()) {
        faults.add(new Fault(at, "not a JSON object"));
        continue;
      }
      refuseUnknown(each, at, faults);
      String name = text(each, at, "vmName", NAME, "the name of a VM", faults);
      String id = text(each, at, "id", MARK, "1 to 128 printable characters", faults);
      String boot =
          each.has("boot")
              ? text(each, at, "boot", MARK, "1 to 128 printable characters, or left out", faults)
              : "";
      if (!each.path("up").isBoolean()) {
        faults.add(new Fault(at + ".up", "must be true or false"));
      }
      if (!name.isEmpty() && !names.add(name.toLowerCase(Locale.ROOT))) {
        faults.add(new Fault(at + ".vmName", "a second time the same VM"));
      }
      members.add(new GroupMember(name, id, boot, each.path("up").asBoolean()));
    }
    if (!faults.isEmpty()) {
      throw malformed(faults);
    }
    return new GroupRequest(members);
  }

  private static JsonNode list(String body) {
    try {
      JsonNode json = StatusJson.readTree(body);
      if (json.isArray() && !json.isEmpty() && json.size() <= MOST) {
        return json;
      }
    } catch (IOException e) {
      // what the parser says is about its own workings
    }
    throw malformed(List.of(new Fault("", "not a JSON list of 1 to " + MOST + " VMs")));
  }

  private static void refuseUnknown(JsonNode member, String at, List<Fault> faults) {
    member
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!KEYS.contains(name)) {
                faults.add(new Fault(at, "has a member that is not vmName, id, boot or up"));
              }
            });
  }

  private static String text(
      JsonNode member, String at, String key, Pattern shape, String wanted, List<Fault> faults) {
    JsonNode value = member.path(key);
    if (value.isTextual() && shape.matcher(value.asText()).matches()) {
      return value.asText();
    }
    faults.add(new Fault(at + "." + key, "must be " + wanted));
    return "";
  }

  boolean names(String vmName) {
    return members.stream().anyMatch(each -> each.vmName().equalsIgnoreCase(vmName));
  }

  /**
   * A list without a fault that does not count here.
   *
   * @param reason a word for machines
   */
  RequestRefused refused(String reason, String why) {
    return new RequestRefused(
        HttpStatus.CONFLICT, new ErrorBody(WHAT, why, Optional.of(reason), List.of()));
  }

  private static RequestRefused malformed(List<Fault> faults) {
    return new RequestRefused(
        HttpStatus.BAD_REQUEST,
        new ErrorBody(
            WHAT,
            "the request has faults; nothing was done",
            Optional.empty(),
            faults.subList(0, Math.min(faults.size(), MOST_FAULTS))));
  }
}
