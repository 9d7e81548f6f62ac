package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.BudgetsSeen;
import io.drainwatch.drainer.cluster.Cluster;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is heard of disruption budgets, as the work on a Node is told of it.
 *
 * @param state of the work now; any thread may ask
 */
record BudgetEar(Consumer<NodeObservation> inbox, Supplier<NodeState> state)
    implements Cluster.BudgetListener {
  @Override
  public void seen(BudgetsSeen all) {
    inbox.accept(new NodeObservation.Budgets(all));
  }

  @Override
  public void opened(String namespace, String name) {
    inbox.accept(new NodeObservation.BudgetOpened(namespace, name));
  }

  @Override
  public boolean waitsFor(String namespace, String name) {
    return state.get().evicting().state().waitsForBudget(namespace, name);
  }
}
