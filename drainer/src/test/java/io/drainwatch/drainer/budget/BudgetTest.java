package io.drainwatch.drainer.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drainwatch.drainer.budget.Claim.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Section 15: a number or per cent of Nodes of a pool, and who does not wait. */
class BudgetTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Map<String, Integer> SIZES = Map.of("blue", 30, "green", 3, "", 5);

  private final List<Claim> claims = new ArrayList<>();

  private static Budget with(String limit) {
    return new Budget(new BudgetSettings(Map.of(), PoolLimit.parse(limit)));
  }

  private void underWay(String node, String pool, Urgency urgency) {
    claims.add(new Claim(node, pool, urgency, true, Optional.empty(), Optional.empty()));
  }

  private void waits(String node, String pool, Urgency urgency, int deadlineInMinutes) {
    Instant deadline = NOON.plus(Duration.ofMinutes(deadlineInMinutes));
    claims.add(
        new Claim(
            node,
            pool,
            urgency,
            false,
            Optional.of(deadline),
            Optional.of(NOON.plus(Duration.ofMinutes(deadlineInMinutes).dividedBy(2)))));
  }

  @Test
  void theEarliestDeadlineIsFirst() {
    waits("late", "blue", Urgency.PLANNED, 15);
    waits("soon", "blue", Urgency.PLANNED, 10);
    waits("sooner", "blue", Urgency.PLANNED, 9);
    assertThat(with("2").mayBegin(claims, SIZES, NOON)).containsExactlyInAnyOrder("sooner", "soon");
  }

  @Test
  void whatIsUnderWayTakesAPlaceInItsOwnPoolOnly() {
    underWay("a", "blue", Urgency.PLANNED);
    waits("b", "blue", Urgency.PLANNED, 10);
    waits("c", "green", Urgency.PLANNED, 10);
    assertThat(with("1").mayBegin(claims, SIZES, NOON)).containsExactly("c");
  }

  @Test
  @DisplayName("K84 a Preempt begins at once though the budget is full, and takes no place")
  void preemptNeverWaits() {
    underWay("a", "blue", Urgency.PLANNED);
    waits("spot", "blue", Urgency.PREEMPT, 1);
    assertThat(with("1").mayBegin(claims, SIZES, NOON)).containsExactly("spot");
    claims.clear();
    underWay("spot", "blue", Urgency.PREEMPT);
    waits("b", "blue", Urgency.PLANNED, 10);
    assertThat(with("1").mayBegin(claims, SIZES, NOON)).containsExactly("b");
  }

  @Test
  void terminateDoesNotWaitButTakesAPlace() {
    waits("t", "blue", Urgency.TERMINATE, 5);
    waits("b", "blue", Urgency.PLANNED, 4);
    assertThat(with("1").mayBegin(claims, SIZES, NOON)).containsExactly("t");
  }

  @Test
  void aHeldDrainBeginsAnywayWhenHalfOfItsNoticeIsUsedUp() {
    underWay("a", "blue", Urgency.PLANNED);
    waits("b", "blue", Urgency.PLANNED, 10);
    Budget budget = with("1");
    Instant half = NOON.plus(Duration.ofMinutes(5));
    assertThat(budget.mayBegin(claims, SIZES, half.minusMillis(1))).isEmpty();
    assertThat(budget.mayBegin(claims, SIZES, half)).containsExactly("b");
  }

  @Test
  void aShareIsRoundedDownButNeverToNothing() {
    for (String node : List.of("a", "b", "c", "d")) {
      waits(node, "blue", Urgency.PLANNED, 10);
      waits("g" + node, "green", Urgency.PLANNED, 10);
    }
    assertThat(with("10%").mayBegin(claims, SIZES, NOON))
        .containsExactlyInAnyOrder("a", "b", "c", "ga");
  }

  @Test
  void withoutALimitNobodyWaits() {
    waits("a", "blue", Urgency.PLANNED, 10);
    waits("b", "blue", Urgency.PLANNED, 10);
    assertThat(new Budget(BudgetSettings.NO_LIMIT).mayBegin(claims, SIZES, NOON))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void readsNumbersAndShares() {
    assertThat(PoolLimit.parse(" 3 ")).contains(new PoolLimit.Nodes(3));
    assertThat(PoolLimit.parse("10 %")).contains(new PoolLimit.PerCent(10));
    for (String wrong : List.of("", "0", "0%", "101%", "-1", "3.5", "many", "99999999999")) {
      assertThat(PoolLimit.parse(wrong)).as(wrong).isEmpty();
    }
    assertThatThrownBy(() -> new PoolLimit.Nodes(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPoolIsKnownByItsLabel() {
    assertThat(
            Pools.of(
                Map.of("kubernetes.azure.com/agentpool", "blue", "karpenter.sh/nodepool", "k")))
        .isEqualTo("blue");
    assertThat(Pools.of(Map.of("karpenter.sh/nodepool", "k"))).isEqualTo("k");
    assertThat(Pools.of(Map.of())).isEqualTo(Pools.NO_POOL);
  }
}
