package io.drainwatch.drainer.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionNotice;
import io.drainwatch.drainer.evictions.EvictionNotice.Reason;
import io.drainwatch.drainer.evictions.PodDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which refusals of evictions people are told of. */
class RefusalsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String CART = "DisruptionBudget, budget cart needs 3 healthy pods and has ";

  private final List<String> told = new ArrayList<>();
  private Refusals refusals = Refusals.NONE;

  private void comes(Reason reason, String pod, String text, int second) {
    EvictablePod of =
        new EvictablePod(
            "uid-" + pod,
            "shop",
            pod,
            Duration.ofSeconds(30),
            Optional.empty(),
            "apps",
            Optional.empty(),
            true,
            List.of(),
            PodDecision.EVICT,
            Optional.empty());
    Refusals.Step step =
        refusals.next(new EvictionNotice(reason, of, text), NOON.plusSeconds(second));
    refusals = step.refusals();
    step.toTell().ifPresent(cause -> told.add(second + ": " + cause));
  }

  @Test
  void aBudgetThatLetsOneGoAfterTheOtherIsNoObstacle() {
    for (int second = 0; second < 300; second += 30) {
      comes(Reason.BLOCKED, "cart-" + second, CART + second, second);
      comes(Reason.BLOCKED, "cart-" + second, CART + second, second + 15);
      comes(Reason.EVICTED, "cart-" + second, "", second + 25);
    }

    assertThat(told).isEmpty();
  }

  @Test
  void whatLastsIsToldOnceForEachCause() {
    comes(Reason.BLOCKED, "cart-1", CART + 2, 0);
    comes(Reason.BLOCKED, "web-1", "DisruptionBudget, budget web", 5);
    comes(Reason.BLOCKED, "cart-2", CART + 1, 30);
    assertThat(told).isEmpty();
    comes(Reason.BLOCKED, "cart-1", CART + 2, 60);
    comes(Reason.BLOCKED, "web-1", "DisruptionBudget, budget web", 66);
    comes(Reason.BLOCKED, "cart-2", CART + 0, 90);

    assertThat(told).hasSize(2);
    assertThat(told.getFirst()).startsWith("60: blocked DisruptionBudget, budget cart");
    assertThat(told.getLast()).isEqualTo("66: blocked DisruptionBudget, budget web");
  }

  @Test
  void whatNoPatienceMendsIsToldAtOnce() {
    comes(Reason.MISCONFIGURED, "a", "forbidden", 0);
    comes(Reason.OVERDUE, "b", "terminating for 61 s", 0);
    comes(Reason.OVERDUE, "c", "terminating for 61 s", 0);

    assertThat(told)
        .containsExactly("0: misconfigured forbidden", "0: overdue shop/b", "0: overdue shop/c");
  }

  @Test
  void thereAreNotManyOfThem() {
    for (int i = 0; i < 200; i++) {
      comes(Reason.OVERDUE, "pod-" + (char) ('a' + i), "", i);
    }

    assertThat(told).hasSize(Refusals.MOST);
  }

  @Test
  void aClockThatIsSetBackMutesNothing() {
    comes(Reason.BLOCKED, "cart-1", CART, 3_600);
    comes(Reason.BLOCKED, "cart-1", CART, 0);
    comes(Reason.BLOCKED, "cart-1", CART, 60);

    assertThat(told).hasSize(1);
  }
}
