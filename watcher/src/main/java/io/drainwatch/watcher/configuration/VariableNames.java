package io.drainwatch.watcher.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which variable of the environment sets which key, spelled as Micronaut spells it: {@code
 * DRAINWATCH_METADATA_POLL_INTERVAL}. Beyond Micronaut, a number is an entry of a list: {@code
 * DRAINWATCH_HOOKS_DIRECTORIES_0}, {@code DRAINWATCH_POLICY_0_TYPE}. Names that the operator gives
 * are part of it: {@code DRAINWATCH_SLIPSTREAM_ACTIONS_REBOOT}.
 *
 * <p>Micronaut makes every spelling of a variable that could be meant (a key for each way to read
 * its underscores); here the known keys decide, so one variable is one key.
 */
final class VariableNames {
  /** Read by the launcher, no settings. */
  static final Pattern LAUNCHER = Pattern.compile("DRAINWATCH_(HOME|JAVA|JAVA_.*|JVM_ROOTS)");

  // Kubernetes puts the address of every service of the name space into each container
  private static final Pattern SERVICE =
      Pattern.compile(
          "DRAINWATCH_(.*_)?SERVICE_(HOST|PORT(_.*)?)"
              + "|DRAINWATCH_(.*_)?PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");
  private static final Pattern SERVICE_LINK = Pattern.compile("DRAINWATCH_(.*_)?PORT");
  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private static final String ANY_NAME = KnownKeys.ANY_NAME.toUpperCase(Locale.ROOT);
  private static final Pattern VARIABLE = Pattern.compile("(DRAINWATCH|MICRONAUT)_[A-Z0-9_]*");

  private final Map<String, String> fixed = new HashMap<>();
  private final List<Pattern> numbered = new ArrayList<>();
  private final List<String> numberedKeys = new ArrayList<>();

  VariableNames(KnownKeys known) {
    known.single().forEach(key -> add(key, false));
    known.lists().forEach(key -> add(key, true));
  }

  static boolean isVariable(String name) {
    return VARIABLE.matcher(name).matches();
  }

  /** The variable of a key: {@code drainwatch.policy[0].type} is DRAINWATCH_POLICY_0_TYPE. */
  static String of(String key) {
    return key.replace("]", "").replaceAll("[.\\[-]", "_").toUpperCase(Locale.ROOT);
  }

  private void add(String key, boolean isList) {
    boolean isNamed = KnownKeys.NAMED.stream().anyMatch(section -> key.startsWith(section + '.'));
    boolean isOfRule = KnownKeys.RULES.stream().anyMatch(list -> key.startsWith(list + '['));
    if (!isNamed && !isOfRule) {
      fixed.put(of(key), key);
    }
    if (!isNamed && !isOfRule && !isList) {
      return;
    }
    String pattern =
        of(key)
            .replaceAll("(POLICY|POD_RULES|SINKS|HEADERS)_0_", "$1_([0-9]+)_")
            .replaceFirst("(WINDOWS|ACTIONS)_" + ANY_NAME + "(?=_|$)", "$1_([A-Z][A-Z0-9_]*)");
    String canonical =
        key.replaceAll("(policy|pod-rules|sinks|headers)\\[0]", "$1[#]")
            .replaceFirst("\\." + KnownKeys.ANY_NAME + "(?=[.]|$)", ".#");
    numbered.add(Pattern.compile(pattern));
    numberedKeys.add(canonical);
    if (isList && !KnownKeys.RULES.contains(key)) {
      numbered.add(Pattern.compile(pattern + "_([0-9]+)"));
      numberedKeys.add(canonical + "[#]");
    }
  }

  /** What the environment says, under canonical keys; what is not known under its own name. */
  Map<String, Given> read(Map<String, String> environment) {
    Map<String, Given> given = new LinkedHashMap<>();
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              String variable = name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
              Given each = new Given(value, "environment variable " + PrintedValue.plain(name));
              if (isVariable(variable) && !value.isBlank() && !isNotOurs(variable, value)) {
                keyOf(variable).or(() -> unknown(variable)).ifPresent(key -> given.put(key, each));
              }
            });
    return given;
  }

  private static Optional<String> unknown(String variable) {
    return variable.startsWith("DRAINWATCH_") ? Optional.of(variable) : Optional.empty();
  }

  private static boolean isNotOurs(String variable, String value) {
    return LAUNCHER.matcher(variable).matches()
        || SERVICE.matcher(variable).matches()
        || (SERVICE_LINK.matcher(variable).matches() && SERVICE_ADDRESS.matcher(value).matches());
  }

  Optional<String> keyOf(String variable) {
    if (fixed.containsKey(variable)) {
      return Optional.ofNullable(fixed.get(variable));
    }
    for (int i = 0; i < numbered.size(); i++) {
      Matcher matcher = numbered.get(i).matcher(variable);
      if (matcher.matches()) {
        String key = numberedKeys.get(i);
        for (int group = 1; group <= matcher.groupCount(); group++) {
          String part = matcher.group(group).toLowerCase(Locale.ROOT).replace('_', '-');
          key = key.replaceFirst("#", Matcher.quoteReplacement(part));
        }
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }
}
