package io.drainwatch.drainer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A clock that has moved on whenever it is looked at again, as every real one has. */
class RealClockTest {

  @Test
  @DisplayName("what is right to the microsecond is no broken invariant")
  void reportsNoViolationThatIsNone() {
    FleetRun run = new FleetRun().nodes("n1");
    AtomicLong looks = new AtomicLong();
    run.clock = () -> run.cluster.now().plusNanos(1_000 * (looks.incrementAndGet() % 1_000));
    run.leading(FleetRun.settings());
    run.reboots("n1", "e1");
    run.pass(Duration.ofSeconds(20));
    assertThat(run.record("n1").orElseThrow().drain().ackable()).containsExactly("e1");
    for (int status : new int[] {503, 429, 200}) {
      run.tell(
          "n1",
          run.note("n1")
              .event("e1", "Reboot", run.cluster.now().plusSeconds(600))
              .ack("e1", status));
      run.pass(Duration.ofSeconds(20));
    }
    run.tell("n1", run.note("n1").started("e1", "Reboot").ack("e1", 200));
    run.pass(Duration.ofSeconds(5));
    assertThat(run.violations).isEmpty();
  }
}
