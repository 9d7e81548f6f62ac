package io.drainwatch.drainer.maintenance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The other VMs of this machine's group that are known, so that one that is new, or back after it
 * was removed, is noticed once (drain-scripts.md 4, onvmadd). Part of the record: whoever comes
 * while the daemon is down is told of when it runs again.
 *
 * @param known each VM once, in the order they came
 */
public record Group(List<Known> known) {
  /** Other VMs that the journal's line bears; in a larger group nobody is noticed. */
  public static final int MOST_MEMBERS = 500;

  private static final int LONGEST_NAME = 80;

  public Group {
    known = List.copyOf(known);
  }

  /**
   * @param id of the VM, as a short mark
   * @param boot of its last start that was seen, likewise; blank: not told
   * @param removed an event has removed it: it counts as back once it was started again
   */
  public record Known(String vmName, String id, String boot, boolean removed) {
    private static Known of(GroupMember member) {
      return new Known(member.vmName(), mark(member.id()), mark(member.boot()), false);
    }

    private boolean isMadeAnew(GroupMember now) {
      return !id.equals(mark(now.id()));
    }

    private boolean isStartedAnew(GroupMember now) {
      return !boot.equals(mark(now.boot()));
    }

    private boolean isNews(GroupMember now) {
      return isMadeAnew(now) || (removed && isStartedAnew(now));
    }

    // an id has 36 characters and more, and there are many
    private static String mark(String text) {
      return text.isBlank() ? "" : Integer.toHexString(text.toLowerCase(Locale.ROOT).hashCode());
    }
  }

  /** The first look: who is there is not new. */
  static Group of(List<GroupMember> seen) {
    return new Group(seen.stream().filter(GroupMember::up).map(Known::of).toList());
  }

  /** Others than this machine, each once, with names that a VM can have. */
  static List<GroupMember> others(List<GroupMember> told, Machine self) {
    Map<String, GroupMember> byName = new HashMap<>();
    List<GroupMember> others = new ArrayList<>();
    for (GroupMember each : told) {
      boolean isSound = !each.vmName().isBlank() && each.vmName().length() <= LONGEST_NAME;
      if (isSound
          && !each.vmName().equalsIgnoreCase(self.vmName())
          && byName.putIfAbsent(key(each.vmName()), each) == null) {
        others.add(each);
      }
    }
    return others;
  }

  /** Those that are new or back. */
  List<GroupMember> news(List<GroupMember> seen) {
    Map<String, Known> byName = byName();
    return seen.stream()
        .filter(GroupMember::up)
        .filter(
            each ->
                Optional.ofNullable(byName.get(key(each.vmName())))
                    .map(known -> known.isNews(each))
                    .orElse(true))
        .toList();
  }

  /** As it is known from now on: who is not there any more is forgotten. */
  Group after(List<GroupMember> seen) {
    Map<String, Known> byName = byName();
    List<Known> now = new ArrayList<>();
    for (GroupMember each : seen) {
      Optional<Known> before = Optional.ofNullable(byName.get(key(each.vmName())));
      if (before.isEmpty()) {
        if (each.up()) {
          now.add(Known.of(each));
        }
      } else if (!each.up() || (before.get().removed() && !before.get().isNews(each))) {
        now.add(before.get()); // down, or still shown though it is gone
      } else {
        now.add(Known.of(each));
      }
    }
    return new Group(now);
  }

  Group removed(Collection<String> vms) {
    Set<String> gone = vms.stream().map(Group::key).collect(Collectors.toSet());
    return new Group(
        known.stream()
            .map(
                each ->
                    gone.contains(key(each.vmName()))
                        ? new Known(each.vmName(), each.id(), each.boot(), true)
                        : each)
            .toList());
  }

  private Map<String, Known> byName() {
    Map<String, Known> byName = new HashMap<>();
    known.forEach(each -> byName.put(key(each.vmName()), each));
    return byName;
  }

  private static String key(String vmName) {
    return vmName.toLowerCase(Locale.ROOT);
  }
}
