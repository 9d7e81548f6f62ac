package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.drainer.maintenance.AtDeadline;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.PolicyAction;
import io.drainwatch.drainer.maintenance.PolicyRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code drainwatch.policy}: the rules, and what cannot come to pass in them. */
final class PolicyReader {
  static final String KEY = "drainwatch.policy";

  static final Words<EventSource> SOURCES =
      Words.of(
          List.of(EventSource.PLATFORM, EventSource.USER, EventSource.UNKNOWN), EventSource::word);
  static final Words<PolicyAction> ACTIONS = Words.of(PolicyAction.class);
  static final Words<AcknowledgeWhen> ACKNOWLEDGE = Words.of(AcknowledgeWhen.class);
  static final Words<AtDeadline> AT_DEADLINE = Words.of(AtDeadline.class);

  private static final Duration LONGEST_MARGIN = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final int LONGEST_TYPE = 64;

  private final Values values;

  PolicyReader(Values values) {
    this.values = values;
  }

  Policy read() {
    values.findings().askedList(KEY);
    values
        .given(KEY)
        .filter(given -> !given.isEmptyList())
        .ifPresent(given -> values.findings().fault(KEY, given, "a list of rules is expected"));
    List<PolicyRule> rules = new ArrayList<>();
    for (int index : values.indexes(KEY)) {
      rules.add(rule(KEY + '[' + index + ']'));
    }
    remarkOnRulesNeverReached(rules);
    return new Policy(rules);
  }

  private PolicyRule rule(String section) {
    PolicyRule rule =
        new PolicyRule(
            section.substring("drainwatch.".length()),
            types(section),
            values.choice(section + ".source", SOURCES),
            values.duration(section + ".shortest", Duration.ZERO, LONGEST),
            values.duration(section + ".longest", Duration.ZERO, LONGEST),
            values.choice(section + ".action", ACTIONS),
            values.choice(section + ".acknowledge", ACKNOWLEDGE),
            values.duration(section + ".margin", Duration.ZERO, LONGEST_MARGIN),
            values.duration(section + ".start-before", Duration.ZERO, LONGEST),
            values.choice(section + ".at-deadline", AT_DEADLINE),
            values.one(section + ".window", this::window),
            values.flag(section + ".drain-after-start"));
    new RuleCheck(rule, section, values).check();
    return rule;
  }

  private List<String> types(String section) {
    Optional<List<String>> types = values.many(section + ".types", PolicyReader::type);
    Optional<String> type = values.one(section + ".type", PolicyReader::type);
    if (types.isPresent() && type.isPresent()) {
      values.fault(section + ".type", "given beside " + section + ".types: one of the two");
    }
    return types.orElseGet(() -> type.stream().toList());
  }

  /** A known type in its own spelling; any other text stays as it is. */
  private static Parsed<String> type(String text) {
    EventKind kind = EventKind.of(text);
    return kind == EventKind.UNKNOWN ? Texts.line(text, LONGEST_TYPE) : Parsed.of(kind.word());
  }

  private Parsed<String> window(String name) {
    var names = WindowsReader.names(values.keys());
    if (names.contains(name)) {
      return Parsed.of(name);
    }
    return Parsed.refused(
        names.isEmpty()
            ? "there is no such window; none is defined under " + WindowsReader.KEY
            : "there is no such window; there is " + PrintedValue.plain(String.join(", ", names)));
  }

  private void remarkOnRulesNeverReached(List<PolicyRule> rules) {
    for (int i = 0; i < rules.size() - 1; i++) {
      PolicyRule rule = rules.get(i);
      boolean matchesEverything =
          rule.types().isEmpty()
              && Stream.of(rule.source(), rule.shortest(), rule.longest())
                  .allMatch(Optional::isEmpty);
      if (matchesEverything) {
        values
            .findings()
            .remark("drainwatch." + rule.name() + " matches every event: no rule after it counts");
        return;
      }
    }
  }
}
