package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.pods.LabelSelector;
import io.drainwatch.drainer.pods.LabelSelector.Operator;
import io.drainwatch.drainer.pods.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A label selector as {@code kubectl get -l} takes it: {@code app=web,tier in (a, b),!canary}. One
 * text, because a variable of the environment can hold it, and because keys of labels have dots.
 */
final class LabelText {
  private static final int LONGEST = 1024;
  private static final Pattern KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
  private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");
  private static final Pattern COMPARED = Pattern.compile("([^=!\\s]+)\\s*(==?|!=)\\s*(.*)");
  private static final Pattern AMONG = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^()]*)\\)");

  private LabelText() {}

  static Parsed<LabelSelector> parse(String text) {
    if (text.length() > LONGEST) {
      return Parsed.refused("must have at most " + LONGEST + " characters");
    }
    List<Requirement> requirements = new ArrayList<>();
    for (String part : COMMA.split(text, -1)) {
      Optional<Requirement> requirement = requirement(part.strip());
      if (requirement.isEmpty()) {
        return Parsed.refused(
            "must be a label selector as kubectl's -l has them, such as app=web,tier in (a,"
                + " b),!canary; not understood: "
                + PrintedValue.of("labels", part.strip()));
      }
      requirements.add(requirement.get());
    }
    return Parsed.of(new LabelSelector(Map.of(), requirements));
  }

  private static Optional<Requirement> requirement(String part) {
    Matcher among = AMONG.matcher(part);
    if (among.matches()) {
      List<String> values =
          Arrays.stream(among.group(3).split(",", -1)).map(String::strip).toList();
      return values.stream().anyMatch(String::isEmpty)
          ? Optional.empty()
          : of(among.group(1), among.group(2).equals("in") ? Operator.IN : Operator.NOT_IN, values);
    }
    Matcher compared = COMPARED.matcher(part);
    if (compared.matches()) {
      return of(
          compared.group(1),
          compared.group(2).equals("!=") ? Operator.NOT_IN : Operator.IN,
          List.of(compared.group(3)));
    }
    return part.startsWith("!")
        ? of(part.substring(1).strip(), Operator.DOES_NOT_EXIST, List.of())
        : of(part, Operator.EXISTS, List.of());
  }

  private static Optional<Requirement> of(String key, Operator operator, List<String> values) {
    return KEY.matcher(key).matches()
            && values.stream().allMatch(value -> VALUE.matcher(value).matches())
        ? Optional.of(new Requirement(key, operator, values))
        : Optional.empty();
  }

  /** Read back, it is the same. */
  static String print(LabelSelector selector) {
    return selector.matchExpressions().stream()
        .map(LabelText::print)
        .collect(Collectors.joining(","));
  }

  private static String print(Requirement each) {
    boolean isSingle = each.values().size() == 1;
    return switch (each.operator()) {
      case IN ->
          isSingle
              ? each.key() + "=" + each.values().getFirst()
              : each.key() + " in (" + String.join(",", each.values()) + ")";
      case NOT_IN ->
          isSingle
              ? each.key() + "!=" + each.values().getFirst()
              : each.key() + " notin (" + String.join(",", each.values()) + ")";
      case EXISTS -> each.key();
      case DOES_NOT_EXIST -> "!" + each.key();
    };
  }
}
