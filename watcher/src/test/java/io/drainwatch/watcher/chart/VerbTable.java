package io.drainwatch.watcher.chart;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may do what, as in section 18 of the design for Kubernetes, one row for each verb; without
 * those verbs of the design that nothing asks for (ShippedRolesTest).
 */
final class VerbTable {
  // a cell that names an option is of mode drain only, but for others: hooks run in every mode
  // resource: verbs | watcher in form controller | drainer | watcher in form agent
  private static final String ROWS =
      """
      nodes: get, watch                                         | yes | yes               | yes
      nodes: list                                               | others | yes            | others
      nodes: patch                                              | yes | yes               | yes
      nodes/status: patch                                       | no  | drain + condition | drain + condition
      pods: list, watch                                         | no  | drain             | drain
      pods/eviction: create                                     | no  | drain             | drain
      pods: delete                                              | no  | delete            | delete
      policy/poddisruptionbudgets: list, watch                  | no  | budgets           | budgets
      storage.k8s.io/volumeattachments: list                    | no  | volumes           | volumes
      events.k8s.io/events: create                              | yes | drain + observe   | drain + observe
      coordination.k8s.io/leases: get, create, update           | no  | yes               | no
      """;

  /** What the chart's values add. */
  enum Option {
    DELETE_PODS("delete", values -> values.with("atDeadline", "delete-pods")),
    BUDGETS("budgets", values -> values.with("permissions.podDisruptionBudgets", true)),
    VOLUMES("volumes", values -> values.with("permissions.volumeAttachments", true)),
    OTHERS("others", values -> values.with("permissions.listNodes", true));

    private final String word;
    private final Function<Values, Values> switchedOn;

    Option(String word, Function<Values, Values> switchedOn) {
      this.word = word;
      this.switchedOn = switchedOn;
    }

    static Values values(String form, Set<Option> options) {
      Values values = Values.least().with("form", form).with("atDeadline", "leave");
      for (Option option : options) {
        values = option.switchedOn.apply(values);
      }
      return values;
    }
  }

  /** {@code drainwatch.kubernetes.mode}. */
  enum Mode {
    DRAIN,
    OBSERVE,
    CONDITION;

    final String word = name().toLowerCase(Locale.ROOT);
  }

  enum Subject {
    WATCHER_OF_CONTROLLER("controller", "watcher"),
    DRAINER("controller", "drainer"),
    WATCHER_OF_AGENT("agent", "watcher");

    final String form;
    final String component;

    Subject(String form, String component) {
      this.form = form;
      this.component = component;
    }
  }

  /**
   * @param resource with its group but for the core's, and its sub-resource: {@code pods/eviction},
   *     {@code policy/poddisruptionbudgets}
   */
  record Verb(String resource, String verb) {
    @Override
    public String toString() {
      return resource + " " + verb;
    }
  }

  record Row(Verb verb, List<String> cells) {
    boolean allows(Subject subject, Set<Option> options) {
      return allows(subject, options, Mode.DRAIN);
    }

    boolean allows(Subject subject, Set<Option> options, Mode mode) {
      String cell = cells.get(subject.ordinal());
      boolean isOption = options.stream().anyMatch(option -> option.word.equals(cell));
      return cell.equals("yes")
          || List.of(cell.split(" \\+ ")).contains(mode.word)
          || (isOption && (mode == Mode.DRAIN || cell.equals(Option.OTHERS.word)));
    }

    @Override
    public String toString() {
      return verb + " " + cells;
    }
  }

  private VerbTable() {}

  static List<Row> rows() {
    return ROWS.lines().flatMap(VerbTable::row).toList();
  }

  private static Stream<Row> row(String line) {
    List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
    String[] named = cells.getFirst().split(": ");
    return Arrays.stream(named[1].split(", "))
        .map(verb -> new Row(new Verb(named[0], verb), cells.subList(1, cells.size())));
  }

  static Set<Verb> allowed(Subject subject, Set<Option> options) {
    return allowed(subject, options, Mode.DRAIN);
  }

  static Set<Verb> allowed(Subject subject, Set<Option> options, Mode mode) {
    return rows().stream()
        .filter(row -> row.allows(subject, options, mode))
        .map(Row::verb)
        .collect(Collectors.toSet());
  }
}
