package io.drainwatch.drainer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The Lease against a server that heeds versions; a tenth of a second stands for a second. */
class LeaderLeaseTest {
  private static final LeaseRule RULE =
      new LeaseRule(Duration.ofMillis(1_500), Duration.ofMillis(1_000), Duration.ofMillis(20));

  private final ApiDouble api = new ApiDouble();
  private final LeaseDouble server = new LeaseDouble(api);
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    api.close();
  }

  private LeaderLease lease(String self) {
    return lease(self, RULE, InstantSource.system(), System::nanoTime);
  }

  private LeaderLease lease(String self, LeaseRule rule, InstantSource clock, LongSupplier nanos) {
    Config config = Fixture.config(api);
    FreshToken token = new FreshToken(config, InstantSource.system());
    Wire wire = new Wire(OneTryHttp.of(config, token), config, token, Wire.LIMIT);
    open.add(wire);
    LeaderLease lease =
        new LeaderLease(
            wire,
            clock,
            nanos,
            rule,
            new LeaderLease.Named("ops", "drainwatch-drainer", self),
            new LeaderLease.Listener() {
              @Override
              public void gained() {
                told.add(self + " gained");
              }

              @Override
              public void lost() {
                told.add(self + " lost");
              }
            });
    open.add(lease);
    return lease;
  }

  @Test
  void doesNotStandByItself() {
    assertThat(lease("a").isHeld()).isFalse();
    assertThat(server.holder()).isEmpty();
  }

  @Test
  void isCreatedAndHeld() throws InterruptedException {
    LeaderLease lease = lease("a");
    lease.stand();

    assertThat(Fixture.next(told)).isEqualTo("a gained");
    assertThat(lease.isHeld()).isTrue();
    assertThat(server.holder()).isEqualTo("a");
    assertThat(server.transitions()).isZero();
  }

  @Test
  @DisplayName("K81 handed over: the other has it at once, and the first does not want it back")
  void isHandedOver() throws InterruptedException {
    LeaderLease first = lease("a");
    first.stand();
    Fixture.next(told);
    LeaderLease second = lease("b");
    second.stand();

    first.release();

    assertThat(first.isHeld()).isFalse();
    assertThat(Fixture.next(told)).isEqualTo("a lost");
    assertThat(Fixture.next(told)).isEqualTo("b gained");
    assertThat(server.holder()).isEqualTo("b");
    assertThat(server.transitions()).isEqualTo(1);
  }

  @Test
  @DisplayName("K79 a leader that says nothing more is succeeded after a whole duration")
  void isSucceeded() throws InterruptedException {
    LeaderLease first = lease("a");
    first.stand();
    Fixture.next(told);
    first.release();
    Fixture.next(told);
    server.isWrittenBy("dead");
    long since = System.nanoTime();
    lease("b").stand();

    assertThat(Fixture.next(told)).isEqualTo("b gained");
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(RULE.duration());
  }

  @Test
  @DisplayName("K80 the one who was overtaken is refused by its version and stops at once")
  void losesToWhoeverWroteFirst() throws InterruptedException {
    LeaderLease lease = lease("a");
    lease.stand();
    Fixture.next(told);

    server.isWrittenBy("b");

    assertThat(Fixture.next(told)).isEqualTo("a lost");
    assertThat(lease.isHeld()).isFalse();
    assertThat(server.holder()).isEqualTo("b");
  }

  @Test
  @DisplayName("a Lease that cannot be renewed is lost before it runs out, and got again later")
  void isLostWhileTheServerIsDown() throws InterruptedException {
    LeaderLease lease = lease("a");
    lease.stand();
    Fixture.next(told);

    server.isDown(true);
    assertThat(Fixture.next(told)).isEqualTo("a lost");
    assertThat(lease.isHeld()).isFalse();
    server.isDown(false);
    assertThat(Fixture.next(told)).isEqualTo("a gained");
  }

  @Test
  @DisplayName("K80 after a freeze it is not held, whichever of the two clocks went on")
  void isNotHeldAfterAFreeze() throws InterruptedException {
    AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2026-02-02T10:00:00Z"));
    LeaseRule slow =
        new LeaseRule(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofMillis(10));
    LeaderLease lease = lease("a", slow, wall::get, () -> 0L);
    lease.stand();
    Fixture.next(told);

    server.isDown(true);
    wall.updateAndGet(now -> now.plusSeconds(9));
    assertThat(lease.isHeld()).isTrue();
    wall.updateAndGet(now -> now.plusSeconds(1));
    assertThat(lease.isHeld()).isFalse();
    assertThat(Fixture.next(told)).isEqualTo("a lost");
  }

  @Test
  void keepsWhatOthersWroteIntoTheLease() throws InterruptedException, IOException {
    LeaderLease first = lease("a");
    first.stand();
    Fixture.next(told);
    first.release();

    assertThat(api.requests(request -> request.method().equals("PUT")).getLast().body())
        .contains("\"holderIdentity\":\"\"")
        .contains("\"resourceVersion\"")
        .contains("\"acquireTime\"");
  }
}
