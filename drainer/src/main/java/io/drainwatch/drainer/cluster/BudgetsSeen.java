package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.pods.DisruptionBudget;
import io.drainwatch.drainer.pods.PodFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The disruption budgets of a cluster.
 *
 * @param isKnown false: they are not read, or may not be; then answers to evictions have to do
 */
public record BudgetsSeen(Map<String, List<DisruptionBudget>> byNamespace, boolean isKnown) {
  public static final BudgetsSeen UNKNOWN = new BudgetsSeen(Map.of(), false);

  public BudgetsSeen {
    byNamespace = Map.copyOf(byNamespace);
  }

  public static BudgetsSeen of(Collection<DisruptionBudget> budgets) {
    Map<String, List<DisruptionBudget>> byNamespace = new TreeMap<>();
    budgets.forEach(
        each -> byNamespace.computeIfAbsent(each.namespace(), any -> new ArrayList<>()).add(each));
    byNamespace.replaceAll((namespace, all) -> List.copyOf(all));
    return new BudgetsSeen(byNamespace, true);
  }

  /** Names of those that select the pod; empty also where that is not known. */
  public List<String> of(PodFacts pod) {
    return byNamespace.getOrDefault(pod.namespace(), List.of()).stream()
        .filter(each -> each.selects(pod))
        .map(DisruptionBudget::name)
        .sorted()
        .toList();
  }

  /** Those of before that are no more. Nothing is gone only because it is not known any more. */
  public List<DisruptionBudget> goneSince(BudgetsSeen before) {
    return isKnown
        ? before.byNamespace.values().stream()
            .flatMap(List::stream)
            .filter(each -> !has(each))
            .toList()
        : List.of();
  }

  private boolean has(DisruptionBudget budget) {
    return byNamespace.getOrDefault(budget.namespace(), List.of()).stream()
        .anyMatch(each -> each.name().equals(budget.name()));
  }
}
