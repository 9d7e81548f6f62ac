package io.drainwatch.drainer.slipstream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * VM names of Azure read as SlipStream writes them, {@code <node>.<id>} ({@code
 * slipstream.pattern}). A name that the pattern does not match is a node of its own with the one id
 * 1; so is a Flexible scale set's {@code app_a1b2c3d4}, whose group nothing tells.
 *
 * <p>Case makes no difference between names, as in Azure; a group is spelled as it came first. A
 * text with white space or a slash is no VM's name and is left out: in a list it would read as two.
 */
public final class ScalingNames {

  /** Uniform scale sets: {@code west_0}. */
  public static final String DEFAULT_PATTERN = "^(.+)_([0-9]+)$";

  private static final String ONLY_ID = "1";
  private static final Pattern NO_NAME = Pattern.compile("(?U)[\\s\\p{Cntrl}/]");

  private final Pattern pattern;

  private ScalingNames(Pattern pattern) {
    this.pattern = pattern;
  }

  public static ScalingNames byDefault() {
    return new ScalingNames(Pattern.compile(DEFAULT_PATTERN));
  }

  /**
   * Reads {@code slipstream.pattern}.
   *
   * @param errors gets a sentence if it is no regular expression of two groups
   */
  static ScalingNames read(String pattern, List<String> errors) {
    try {
      Pattern compiled = Pattern.compile(pattern);
      if (compiled.matcher("").groupCount() == 2) {
        return new ScalingNames(compiled);
      }
      errors.add("slipstream.pattern: '%s' must have two groups, node and id".formatted(pattern));
    } catch (PatternSyntaxException e) {
      errors.add(
          "slipstream.pattern: '%s' is no regular expression: %s"
              .formatted(pattern, e.getDescription()));
    }
    return byDefault();
  }

  /** As configured. */
  public String pattern() {
    return pattern.pattern();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScalingNames names && names.pattern().equals(pattern());
  }

  @Override
  public int hashCode() {
    return pattern().hashCode();
  }

  /** One VM's name in two parts. */
  record Name(String node, String id) {
    String text() {
      return node + "." + id;
    }
  }

  Name nameOf(String vmName) {
    Matcher matcher = pattern.matcher(vmName);
    if (!matcher.matches() || isEmpty(matcher.group(1)) || isEmpty(matcher.group(2))) {
      return new Name(vmName, ONLY_ID);
    }
    return new Name(matcher.group(1), matcher.group(2));
  }

  /** {@code <node>.<id>} of a VM. */
  public String instanceName(String vmName) {
    return nameOf(vmName).text();
  }

  /** The groups that these VMs belong to, each VM once, everything in the order received. */
  public List<ScalingGroup> groups(List<String> vmNames) {
    Map<String, Map<String, Name>> groups = new LinkedHashMap<>();
    for (String vmName : vmNames) {
      if (vmName.isEmpty() || NO_NAME.matcher(vmName).find()) {
        continue;
      }
      Name name = nameOf(vmName);
      groups
          .computeIfAbsent(key(name.node()), _ -> new LinkedHashMap<>())
          .putIfAbsent(key(name.id()), name);
    }
    return groups.values().stream()
        .map(Map::values)
        .map(List::copyOf)
        .map(
            names ->
                new ScalingGroup(names.getFirst().node(), names.stream().map(Name::id).toList()))
        .toList();
  }

  /** The group of one VM among others; it is in it whether or not it is in the list. */
  public ScalingGroup groupOf(String self, List<String> vmNames) {
    Name own = nameOf(self);
    List<String> all = new ArrayList<>(vmNames);
    if (all.stream().noneMatch(self::equalsIgnoreCase)) {
      all.add(self);
    }
    return group(own.node(), all)
        .map(group -> group.spelledAs(own.node()))
        .orElseGet(() -> new ScalingGroup(own.node(), List.of(own.id())));
  }

  /** The group of this node among those of the VMs. */
  public Optional<ScalingGroup> group(String node, List<String> vmNames) {
    return groups(vmNames).stream()
        .filter(group -> key(group.node()).equals(key(node)))
        .findFirst();
  }

  private static String key(String part) {
    return part.toLowerCase(Locale.ROOT);
  }

  private static boolean isEmpty(@org.jspecify.annotations.Nullable String group) {
    return group == null || group.isEmpty();
  }
}
