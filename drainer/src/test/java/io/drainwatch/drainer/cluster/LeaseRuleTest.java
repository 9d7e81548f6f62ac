package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drainwatch.drainer.cluster.LeaseRule.Deed;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may hold the Lease. */
class LeaseRuleTest {
  private static final LeaseRule RULE = LeaseRule.USUAL;
  private static final String SELF = "me";

  private Optional<LeaseRule.Seen> seen = Optional.empty();

  private Deed at(int second, LeaseFacts lease) {
    LeaseRule.Decision decision =
        RULE.decide(Optional.of(lease), seen, SELF, Duration.ofSeconds(second));
    seen = decision.seen();
    return decision.deed();
  }

  private static LeaseFacts heldBy(String holder, String renewedAt) {
    return new LeaseFacts(holder, renewedAt, Duration.ofSeconds(15), 3);
  }

  @Test
  void isAsSpecified() {
    assertThat(RULE.duration()).isEqualTo(Duration.ofSeconds(15));
    assertThat(RULE.renewWithin()).isEqualTo(Duration.ofSeconds(10));
    assertThat(RULE.retry()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void createsWhatIsMissing() {
    assertThat(RULE.decide(Optional.empty(), seen, SELF, Duration.ZERO).deed())
        .isEqualTo(Deed.CREATE);
  }

  @Test
  void renewsItsOwnAndTakesAReleasedOne() {
    assertThat(at(0, heldBy(SELF, "x"))).isEqualTo(Deed.RENEW);
    assertThat(at(1, heldBy("", "x"))).isEqualTo(Deed.TAKE);
  }

  @Test
  @DisplayName("19.7 the other is judged by what we see change, whatever time it writes")
  void waitsWhileTheOtherRenews() {
    for (int second = 0; second < 100; second += 2) {
      String anyTime = (second / 10) % 2 == 0 ? "1970-01-01T00:00:0" + second % 7 : "2999-01-01";
      assertThat(at(second, heldBy("other", anyTime))).isEqualTo(Deed.WAIT);
    }
  }

  @Test
  @DisplayName("19.7 a renewal of long ago by its own clock is young when first seen")
  void takesOverOnlyAfterAWholeDurationUnchanged() {
    assertThat(at(100, heldBy("other", "1970-01-01T00:00:00"))).isEqualTo(Deed.WAIT);
    assertThat(at(114, heldBy("other", "1970-01-01T00:00:00"))).isEqualTo(Deed.WAIT);
    assertThat(at(115, heldBy("other", "1970-01-01T00:00:00"))).isEqualTo(Deed.WAIT);
    assertThat(at(116, heldBy("other", "1970-01-01T00:00:00"))).isEqualTo(Deed.TAKE);
  }

  @Test
  void startsCountingAnewAfterARenewalOrAnotherHolder() {
    at(0, heldBy("other", "a"));
    assertThat(at(14, heldBy("other", "b"))).isEqualTo(Deed.WAIT);
    assertThat(at(28, heldBy("third", "b"))).isEqualTo(Deed.WAIT);
    assertThat(at(43, heldBy("third", "b"))).isEqualTo(Deed.WAIT);
    assertThat(at(44, heldBy("third", "b"))).isEqualTo(Deed.TAKE);
  }

  @Test
  void isNotFooledByNonsensicalDurations() {
    LeaseFacts zero = new LeaseFacts("other", "a", Duration.ZERO, 0);
    assertThat(at(0, zero)).isEqualTo(Deed.WAIT);
    assertThat(at(14, zero)).isEqualTo(Deed.WAIT);
    LeaseFacts endless = new LeaseFacts("other", "b", Duration.ofDays(1), 0);
    assertThat(at(15, endless)).isEqualTo(Deed.WAIT);
    assertThat(at(74, endless)).isEqualTo(Deed.WAIT);
    assertThat(at(76, endless)).isEqualTo(Deed.TAKE);
  }

  @Test
  void isProvenForTenSecondsOnly() {
    assertThat(RULE.isProvenAfter(Duration.ofMillis(9_999))).isTrue();
    assertThat(RULE.isProvenAfter(Duration.ofSeconds(10))).isFalse();
  }

  @Test
  void refusesATermThatCannotBeRenewedInTime() {
    assertThatThrownBy(
            () ->
                new LeaseRule(
                    Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(2)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
