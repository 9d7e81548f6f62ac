package io.drainwatch.watcher.configuration;

import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.PolicyAction;
import io.drainwatch.drainer.maintenance.PolicyRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of one rule can never come to pass (a fault), or comes to pass but may not be meant (a
 * remark).
 */
final class RuleCheck {
  private static final Set<String> WHICH_EVENTS =
      Set.of("type", "types", "source", "shortest", "longest");
  private static final List<String> WHAT_IS_DONE =
      List.of(
          "action",
          "acknowledge",
          "margin",
          "start-before",
          "at-deadline",
          "window",
          "drain-after-start");

  private final PolicyRule rule;
  private final String section;
  private final Values values;
  private final List<EventKind> kinds;

  RuleCheck(PolicyRule rule, String section, Values values) {
    this.rule = rule;
    this.section = section;
    this.values = values;
    this.kinds = rule.types().stream().map(EventKind::of).toList();
  }

  void check() {
    saysSomething();
    durations();
    acknowledgement();
    leadTime();
    effects();
  }

  // by what was written, not by what was understood: a word at fault has been said as well
  private void saysSomething() {
    if (WHAT_IS_DONE.stream().noneMatch(this::isGiven) && !hasUnknownWords()) {
      values
          .findings()
          .fault(
              section,
              "says nothing about what is done: give one of " + String.join(", ", WHAT_IS_DONE));
    }
  }

  private boolean isGiven(String word) {
    return values.given(section + '.' + word).isPresent();
  }

  private boolean hasUnknownWords() {
    for (String key : values.keys()) {
      if (key.startsWith(section + '.')) {
        String word = key.substring(section.length() + 1).split("[.\\[]", 2)[0];
        if (!WHICH_EVENTS.contains(word) && !WHAT_IS_DONE.contains(word)) {
          return true;
        }
      }
    }
    return false;
  }

  private void durations() {
    if (rule.shortest().isPresent()
        && rule.longest().isPresent()
        && rule.shortest().get().compareTo(rule.longest().get()) > 0) {
      values.fault(section + ".shortest", "is longer than longest: the rule matches nothing");
    }
  }

  private void acknowledgement() {
    if (rule.acknowledge().isEmpty()) {
      return;
    }
    AcknowledgeWhen when = rule.acknowledge().get();
    String key = section + ".acknowledge";
    Optional<PolicyAction> action = action();
    boolean needsDrain =
        when == AcknowledgeWhen.AFTER_DRAIN || when == AcknowledgeWhen.EVEN_IF_FAILED;
    if (needsDrain && action.isPresent() && action.get() != PolicyAction.DRAIN) {
      values.fault(
          key,
          "never happens, as action "
              + Words.kebab(action.get())
              + " drains nothing; choose immediately or never, or action drain");
    }
    if (when == AcknowledgeWhen.IMMEDIATELY) {
      immediately(key, action);
    }
    boolean neverAcknowledged =
        !kinds.isEmpty() && kinds.stream().noneMatch(EventKind::isAcknowledgeable);
    if (when != AcknowledgeWhen.NEVER && neverAcknowledged) {
      values.findings().remark(key + " has no effect: events of that type are never acknowledged");
    }
  }

  private void immediately(String key, Optional<PolicyAction> action) {
    if (action.filter(PolicyAction.IGNORE::equals).isPresent()) {
      values.fault(key, "never happens, as an ignored event is left alone; choose action observe");
    } else if (action.map(PolicyAction.DRAIN::equals).orElse(!areAllFreeze())) {
      values
          .findings()
          .remark(key + " is immediately: the platform may go ahead before anything is drained");
    }
  }

  /** The action given or, where all types share it, the default; empty: differs by event. */
  private Optional<PolicyAction> action() {
    if (rule.action().isPresent() || kinds.isEmpty()) {
      return rule.action();
    }
    if (areAllFreeze()) {
      return Optional.of(PolicyAction.OBSERVE);
    }
    return kinds.contains(EventKind.FREEZE) ? Optional.empty() : Optional.of(PolicyAction.DRAIN);
  }

  private boolean areAllFreeze() {
    return areAll(EventKind.FREEZE);
  }

  private boolean areAll(EventKind... allowed) {
    return !kinds.isEmpty() && List.of(allowed).containsAll(kinds);
  }

  private void leadTime() {
    if (rule.startBefore().isEmpty() || doesNotWait()) {
      return;
    }
    Duration margin = rule.margin().orElse(Policy.DEFAULT_MARGIN);
    if (rule.startBefore().get().compareTo(margin) <= 0) {
      values.fault(
          section + ".start-before",
          "must be longer than the margin of "
              + DurationText.print(margin)
              + ": the deadline would be reached before the start");
    }
  }

  private boolean doesNotWait() {
    return areAll(EventKind.PREEMPT, EventKind.TERMINATE);
  }

  private void effects() {
    Findings findings = values.findings();
    if (doesNotWait() && rule.window().isPresent()) {
      findings.remark(section + ".window has no effect: Preempt and Terminate do not wait");
    }
    if (doesNotWait() && rule.startBefore().isPresent()) {
      findings.remark(section + ".start-before has no effect: Preempt and Terminate do not wait");
    }
    boolean drains = action().map(PolicyAction.DRAIN::equals).orElse(true);
    if (rule.drainAfterStart().orElse(false) && !drains) {
      findings.remark(section + ".drain-after-start has no effect without action drain");
    }
    for (int i = 0; i < kinds.size(); i++) {
      if (kinds.get(i) == EventKind.UNKNOWN) {
        findings.remark(
            section
                + ": "
                + PrintedValue.of(section, rule.types().get(i))
                + " is no event type known today; the rule matches that very word");
      }
    }
  }
}
