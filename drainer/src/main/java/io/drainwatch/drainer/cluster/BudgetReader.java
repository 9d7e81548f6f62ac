package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.pods.DisruptionBudget;
import io.drainwatch.drainer.pods.LabelSelector;
import io.drainwatch.drainer.pods.LabelSelector.Operator;
import io.drainwatch.drainer.pods.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PodDisruptionBudget as the API gives it. */
final class BudgetReader {
  private BudgetReader() {}

  /** Empty: this is none. */
  static Optional<BudgetStatus> read(JsonNode json) {
    Fields budget = Fields.of(json);
    Fields metadata = budget.at("metadata");
    String namespace = metadata.text("namespace");
    String name = metadata.text("name");
    if (namespace.isBlank() || name.isBlank()) {
      return Optional.empty();
    }
    Fields status = budget.at("status");
    return Optional.of(
        new BudgetStatus(
            new DisruptionBudget(namespace, name, selector(json.path("spec").path("selector"))),
            metadata.number("generation").orElse(0),
            status.number("observedGeneration").orElse(0),
            status.number("disruptionsAllowed").orElse(0)));
  }

  // an empty one selects everything, none at all nothing
  private static Optional<LabelSelector> selector(JsonNode json) {
    if (!json.isObject()) {
      return Optional.empty();
    }
    Fields selector = Fields.of(json);
    List<Requirement> requirements = new ArrayList<>();
    for (Fields each : selector.list("matchExpressions")) {
      Optional<Operator> operator = operator(each.text("operator"));
      List<String> values = each.texts("values");
      String key = each.text("key");
      boolean compares =
          operator.filter(it -> it == Operator.IN || it == Operator.NOT_IN).isPresent();
      if (operator.isEmpty() || key.isBlank() || compares == values.isEmpty()) {
        return Optional.empty();
      }
      requirements.add(new Requirement(key, operator.get(), values));
    }
    LabelSelector read = new LabelSelector(selector.map("matchLabels"), requirements);
    return selector.unreadable().isEmpty() ? Optional.of(read) : Optional.empty();
  }

  private static Optional<Operator> operator(String word) {
    return switch (word) {
      case "In" -> Optional.of(Operator.IN);
      case "NotIn" -> Optional.of(Operator.NOT_IN);
      case "Exists" -> Optional.of(Operator.EXISTS);
      case "DoesNotExist" -> Optional.of(Operator.DOES_NOT_EXIST);
      default -> Optional.empty();
    };
  }
}
