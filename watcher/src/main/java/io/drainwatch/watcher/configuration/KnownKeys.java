package io.drainwatch.watcher.configuration;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys that a reading asked for, and what is to be said of any other.
 *
 * @param single keys with one value, entries of lists among them
 * @param lists keys of whole lists
 */
record KnownKeys(Set<String> single, Set<String> lists) {
  /**
   * Stands for any name that an operator gives where the keys are known without a configuration.
   */
  static final String ANY_NAME = "any";

  /** Sections whose members the operator names. */
  static final List<String> NAMED = List.of(WindowsReader.KEY, SlipStreamReader.ACTIONS);

  /** Lists of sections. */
  static final List<String> RULES =
      List.of(PolicyReader.KEY, PodRulesReader.KEY, NotificationsReader.SINKS);

  /** What is not ours but the framework's, and is passed on unread. */
  static final List<String> PASSED_ON =
      List.of("micronaut", "endpoints", "netty", "logger", "jackson", "executors");

  KnownKeys {
    single = new LinkedHashSet<>(single);
    lists = new LinkedHashSet<>(lists);
  }

  Set<String> all() {
    Set<String> all = new LinkedHashSet<>(single);
    all.addAll(lists);
    return all;
  }

  void unknownIn(Map<String, Given> given, Findings findings) {
    Set<String> all = all();
    NearestKey nearest = new NearestKey(all);
    given.forEach(
        (key, value) -> {
          if (!all.contains(key) && !isLeftToMicronaut(key)) {
            unknown(key, value, all, nearest, findings);
          }
        });
  }

  static boolean isLeftToMicronaut(String key) {
    return !key.equals(SettingsReader.SERVER_HOST)
        && !key.equals(SettingsReader.SERVER_PORT)
        && PASSED_ON.stream().anyMatch(root -> key.equals(root) || key.startsWith(root + '.'));
  }

  static boolean isVariableLeftToMicronaut(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    return !key.equals(variable(SettingsReader.SERVER_HOST))
        && !key.equals(variable(SettingsReader.SERVER_PORT))
        && PASSED_ON.stream().anyMatch(root -> key.startsWith(root + '_'));
  }

  private static String variable(String key) {
    return key.replace('.', '_');
  }

  private static void unknown(
      String key, Given value, Set<String> all, NearestKey nearest, Findings findings) {
    Set<String> members = membersOf(key, all);
    if (!members.isEmpty() || NAMED.contains(key)) {
      // a section of which every line is commented out
      if (!value.isBlank()) {
        findings.fault(
            key,
            value,
            "is a section, not a value"
                + (members.isEmpty() ? "" : "; it has " + String.join(", ", members)));
      }
      return;
    }
    for (String known : all) {
      boolean isOfRule = RULES.contains(known) && key.startsWith(known + '[');
      if (!isOfRule && (key.startsWith(known + '.') || key.startsWith(known + '['))) {
        findings.fault(key, value, known + " takes a value, not a section or list");
        return;
      }
    }
    findings.fault(
        key,
        value,
        nearest
            .to(key)
            .map(other -> "unknown key; did you mean " + other + "?")
            .orElse("unknown key"));
  }

  private static Set<String> membersOf(String key, Set<String> all) {
    Set<String> members = new TreeSet<>();
    for (String known : all) {
      if (known.startsWith(key + '.')) {
        members.add(known.substring(key.length() + 1).split("[.\\[]", 2)[0]);
      }
    }
    return members;
  }
}
