package io.drainwatch.drainer.model;

import io.drainwatch.drainer.pods.PodPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The eviction subresource, in the order in which the API server looks at things. */
final class EvictionApi {
  /** More than this are refused. */
  static final int MOST_DISRUPTED = 2_000;

  /** A conflict about a pod whose budget is passed over is tried again 20 times. */
  static final Duration RETRIES = Duration.ofSeconds(10);

  private final Store store;
  private final Stamps stamps;
  private final Deletions deletions;
  private final Set<String> closedNamespaces;

  EvictionApi(Store store, Stamps stamps, Deletions deletions, Set<String> closedNamespaces) {
    this.store = store;
    this.stamps = stamps;
    this.deletions = deletions;
    this.closedNamespaces = closedNamespaces;
  }

  ModelAnswer evict(String namespace, String name, DeleteWish wish) {
    if (closedNamespaces.contains(namespace)) {
      return Refusals.namespaceGoes(namespace, name);
    }
    Optional<ModelPod> found = store.pod(namespace + "/" + name);
    if (found.isEmpty()) {
      return Refusals.notFound("pods", name);
    }
    ModelPod pod = found.get();
    if (needsNoBudget(pod)) {
      ModelAnswer.Said answer = delete(namespace, name, wish);
      return answer.code() == 409 && wish.version().isEmpty() ? answer.after(RETRIES) : answer;
    }
    List<ModelBudget> budgets =
        store.budgets().values().stream().filter(budget -> budget.selects(pod)).toList();
    if (budgets.size() > 1) {
      return Refusals.severalBudgets();
    }
    if (budgets.isEmpty()) {
      return delete(namespace, name, wish);
    }
    if (mayGoUnready(pod, budgets.getFirst())) {
      ModelAnswer answer = delete(namespace, name, wish);
      // every conflict is taken for a pod that got ready meanwhile
      return answer.code() == 409 && wish.version().isEmpty()
          ? Refusals.budgetIsBehind(budgets.getFirst().name())
          : answer;
    }
    Optional<ModelAnswer> refused = decrement(budgets.getFirst(), pod, wish.dryRun());
    // the uid is looked at only now: a wrong one has used up the budget all the same
    return refused.orElseGet(() -> delete(namespace, name, wish));
  }

  private ModelAnswer.Said delete(String namespace, String name, DeleteWish wish) {
    return deletions.delete(namespace, name, wish) instanceof ModelAnswer.Said refused
        ? refused
        : ModelAnswer.success(201);
  }

  private static boolean needsNoBudget(ModelPod pod) {
    return pod.isFinished() || pod.facts().phase() == PodPhase.PENDING || pod.isTerminating();
  }

  private static boolean mayGoUnready(ModelPod pod, ModelBudget budget) {
    ModelBudget.State state = budget.state();
    boolean healthyWithoutIt =
        state.desiredHealthy() > 0 && state.currentHealthy() >= state.desiredHealthy();
    return !pod.facts().ready() && (budget.spec().alwaysAllow() || healthyWithoutIt);
  }

  private Optional<ModelAnswer> decrement(ModelBudget budget, ModelPod pod, boolean dryRun) {
    ModelBudget.State state = budget.state();
    if (state.observedGeneration() < budget.generation()) {
      return Optional.of(Refusals.budgetIsBehind(budget.name()));
    }
    if (state.disruptionsAllowed() < 0) {
      return Optional.of(
          Refusals.budgetRefuses(budget.name(), "pdb disruptions allowed is negative"));
    }
    if (state.disruptedPods().size() > MOST_DISRUPTED) {
      return Optional.of(
          Refusals.budgetRefuses(
              budget.name(),
              "DisruptedPods map too big - too many evictions not confirmed by PDB controller"));
    }
    if (state.disruptionsAllowed() == 0) {
      return Optional.of(Refusals.budgetIsUsedUp(budget));
    }
    if (!dryRun) {
      Map<String, Instant> disrupted = new TreeMap<>(state.disruptedPods());
      disrupted.put(pod.facts().name(), stamps.server());
      store.put(
          budget.with(
              new ModelBudget.State(
                  state.observedGeneration(),
                  state.disruptionsAllowed() - 1,
                  state.currentHealthy(),
                  state.desiredHealthy(),
                  state.expectedPods(),
                  disrupted)));
    }
    return Optional.empty();
  }
}
