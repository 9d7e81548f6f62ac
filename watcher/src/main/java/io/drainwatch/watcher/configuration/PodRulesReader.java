package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.pods.LabelSelector;
import io.drainwatch.drainer.pods.OwnerSelector;
import io.drainwatch.drainer.pods.PodBehaviour;
import io.drainwatch.drainer.pods.PodRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code drainwatch.kubernetes.pod-rules} (kubernetes-drain.md 6): what becomes of which pods. */
final class PodRulesReader {
  static final String KEY = KubernetesReader.SECTION + "pod-rules";

  private static final Words<PodBehaviour> BEHAVIOURS = Words.of(PodBehaviour.class);
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern OWNER =
      Pattern.compile("([A-Z][A-Za-z0-9]{0,62})(?:\\.([a-z0-9.-]{0,253}))?");
  private static final int LONGEST_NAME = 64;
  private static final int FARTHEST = 1000;

  private PodRulesReader() {}

  static List<PodRule> read(Values values) {
    values.findings().askedList(KEY);
    values
        .given(KEY)
        .filter(given -> !given.isEmptyList())
        .ifPresent(given -> values.findings().fault(KEY, given, "a list of rules is expected"));
    List<PodRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int index : values.indexes(KEY)) {
      String section = KEY + '[' + index + ']';
      PodRule rule = rule(section, "pod-rules[" + index + ']', values);
      if (names.add(rule.name())) {
        rules.add(rule);
      } else {
        values.fault(section + ".name", "another rule before it has that name");
      }
    }
    remarkOnRulesNeverReached(rules, values);
    return rules;
  }

  private static PodRule rule(String section, String otherwise, Values values) {
    Optional<PodBehaviour> behaviour = values.choice(section + ".behaviour", BEHAVIOURS);
    Optional<Integer> order = values.number(section + ".order", -FARTHEST, FARTHEST);
    // by what was written: a word at fault has been said as well
    if (values.given(section + ".behaviour").isEmpty()
        && values.given(section + ".order").isEmpty()) {
      values
          .findings()
          .fault(section, "says nothing about what is done: give behaviour, order or both");
    }
    return new PodRule(
        values.one(section + ".name", text -> Texts.line(text, LONGEST_NAME)).orElse(otherwise),
        values.one(section + ".labels", LabelText::parse).orElse(LabelSelector.EVERYTHING),
        values
            .many(
                section + ".namespaces",
                text -> Texts.matching(text, NAMESPACE, "must be the name of a name space"))
            .orElse(List.of()),
        values.many(section + ".owners", PodRulesReader::owner).orElse(List.of()),
        behaviour,
        order.orElse(0));
  }

  private static Parsed<OwnerSelector> owner(String text) {
    Matcher matcher = OWNER.matcher(text);
    return matcher.matches()
        ? Parsed.of(new OwnerSelector(matcher.group(1), Optional.ofNullable(matcher.group(2))))
        : Parsed.refused(
            "must be a kind with or without its API group, such as StatefulSet or Job.batch");
  }

  private static void remarkOnRulesNeverReached(List<PodRule> rules, Values values) {
    for (PodRule rule : rules.subList(0, Math.max(0, rules.size() - 1))) {
      boolean matchesEverything =
          rule.labels().equals(LabelSelector.EVERYTHING)
              && rule.namespaces().isEmpty()
              && rule.owners().isEmpty();
      if (matchesEverything) {
        values
            .findings()
            .remark(
                KEY
                    + ": the rule "
                    + PrintedValue.plain(rule.name())
                    + " matches every pod: no rule after it counts");
        return;
      }
    }
  }

  /** Read back, it is the same. */
  static Map<String, Object> print(PodRule rule) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", rule.name());
    if (!rule.labels().equals(LabelSelector.EVERYTHING)) {
      map.put("labels", LabelText.print(rule.labels()));
    }
    if (!rule.namespaces().isEmpty()) {
      map.put("namespaces", rule.namespaces());
    }
    if (!rule.owners().isEmpty()) {
      map.put(
          "owners",
          rule.owners().stream()
              .map(owner -> owner.kind() + owner.group().map(group -> '.' + group).orElse(""))
              .toList());
    }
    rule.behaviour().ifPresent(behaviour -> map.put("behaviour", BEHAVIOURS.print(behaviour)));
    map.put("order", rule.order());
    return map;
  }
}
