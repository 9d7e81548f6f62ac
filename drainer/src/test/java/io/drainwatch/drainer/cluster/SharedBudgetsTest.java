package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who is heard when a watch was begun anew. */
class SharedBudgetsTest {
  private final List<BudgetWatch.Listener> begun = new ArrayList<>();
  private final List<BudgetsSeen> told = new ArrayList<>();
  private final SharedBudgets budgets =
      new SharedBudgets(
          listener -> {
            begun.add(listener);
            return new Silent();
          });

  private static final class Silent implements SharedBudgets.Begins {
    @Override
    public void start() {}

    @Override
    public void close() {}
  }

  private final class Ear implements Cluster.BudgetListener {
    @Override
    public void seen(BudgetsSeen all) {
      told.add(all);
    }

    @Override
    public void opened(String namespace, String name) {}

    @Override
    public boolean waitsFor(String namespace, String name) {
      return true;
    }
  }

  @Test
  @DisplayName("what an older watch still says does not count once another was begun")
  void hearsTheNewestWatchAlone() {
    budgets.join(new Ear()).close();
    budgets.join(new Ear());
    assertThat(begun).hasSize(2);
    told.clear();
    begun.getFirst().listed(List.of());
    assertThat(told).isEmpty();
    begun.getLast().listed(List.of());
    assertThat(told).singleElement().matches(BudgetsSeen::isKnown);
  }
}
