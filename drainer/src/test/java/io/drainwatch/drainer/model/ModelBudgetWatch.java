package io.drainwatch.drainer.model;

import io.drainwatch.drainer.cluster.BudgetsSeen;
import io.drainwatch.drainer.cluster.Cluster.BudgetListener;
import io.drainwatch.drainer.pods.DisruptionBudget;
import io.drainwatch.drainer.pods.LabelSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The disruption budgets, for one who drains. */
final class ModelBudgetWatch extends ModelWatch {
  private final BudgetListener listener;
  private final Map<String, ModelBudget> known = new HashMap<>();

  ModelBudgetWatch(ModelApi api, BudgetListener listener) {
    super(api, "budgets");
    this.listener = listener;
  }

  @Override
  boolean list() {
    if (!(api.listBudgets()
        instanceof Reply.Said<List<ModelBudget>>(List<ModelBudget> all, var slow))) {
      return false;
    }
    List<ModelBudget> opened = new ArrayList<>();
    all.stream().filter(this::isOpen).forEach(opened::add);
    known.clear();
    all.forEach(each -> known.put(each.key(), each));
    listener.seen(seen());
    opened.forEach(this::wake);
    return true;
  }

  @Override
  void changed(Change change) {
    if (!(change.latest() instanceof ModelBudget budget)) {
      return;
    }
    boolean opens = isOpen(budget);
    if (change.after().isPresent()) {
      known.put(budget.key(), budget);
    } else {
      known.remove(budget.key());
    }
    listener.seen(seen());
    if (change.after().isPresent() && opens) {
      wake(budget);
    }
  }

  private boolean isOpen(ModelBudget now) {
    int before =
        Optional.ofNullable(known.get(now.key()))
            .map(each -> each.state().disruptionsAllowed())
            .orElse(0);
    return now.state().observedGeneration() >= now.generation()
        && now.state().disruptionsAllowed() > before;
  }

  private void wake(ModelBudget budget) {
    if (listener.waitsFor(budget.namespace(), budget.name())) {
      listener.opened(budget.namespace(), budget.name());
    }
  }

  private BudgetsSeen seen() {
    return BudgetsSeen.of(
        known.values().stream()
            .map(
                each ->
                    new DisruptionBudget(
                        each.namespace(),
                        each.name(),
                        Optional.of(new LabelSelector(each.spec().selector(), List.of()))))
            .toList());
  }
}
