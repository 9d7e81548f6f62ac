package io.drainwatch.drainer.notify;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which notices a sink wants. Nothing given for one of these means any; case does not matter.
 *
 * @param eventTypes such as {@code Reboot}
 * @param machines patterns for the VM's or the Node's name; {@code *} is any text
 * @param pools the Node's; a machine without a pool is in none of them
 */
public record NoticeFilter(
    Set<NoticeKind> kinds, List<String> eventTypes, List<String> machines, List<String> pools) {
  public static final NoticeFilter ALL =
      new NoticeFilter(Set.of(), List.of(), List.of(), List.of());

  public NoticeFilter {
    kinds = Set.copyOf(kinds);
    eventTypes = List.copyOf(eventTypes);
    machines = List.copyOf(machines);
    pools = List.copyOf(pools);
  }

  public boolean wants(Notice notice) {
    Subject subject = notice.subject();
    return (kinds.isEmpty() || kinds.contains(notice.kind()))
        && (eventTypes.isEmpty()
            || eventTypes.stream().anyMatch(notice.eventType()::equalsIgnoreCase))
        && (machines.isEmpty()
            || matches(machines, subject.vm())
            || subject.node().filter(node -> matches(machines, node)).isPresent())
        && (pools.isEmpty() || subject.pool().filter(pool -> matches(pools, pool)).isPresent());
  }

  private static boolean matches(List<String> patterns, String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    return patterns.stream().anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), plain));
  }

  /** Goes back to the last star only: as long as the texts are, never longer. */
  private static boolean matches(String pattern, String name) {
    int inPattern = 0;
    int inName = 0;
    int star = -1;
    int resume = 0;
    while (inName < name.length()) {
      if (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
        star = inPattern++;
        resume = inName;
      } else if (inPattern < pattern.length() && pattern.charAt(inPattern) == name.charAt(inName)) {
        inPattern++;
        inName++;
      } else if (star >= 0) {
        inPattern = star + 1;
        inName = ++resume;
      } else {
        return false;
      }
    }
    return pattern.substring(inPattern).chars().allMatch(each -> each == '*');
  }
}
