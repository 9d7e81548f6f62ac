package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.watcher.events.ErrorKind;
import io.drainwatch.watcher.events.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OwnIdentityTest {
  private static final Identity NO_ANSWER =
      new Identity.Failed(ErrorKind.TIMEOUT, OptionalInt.empty(), "no answer within 10 s");

  private final List<Observation> reported = new ArrayList<>();
  private final List<VmFacts> learned = new ArrayList<>();
  private final List<Identity> witnessed = new ArrayList<>();
  private Identity answer = NO_ANSWER;
  private int asked;
  private long nanoseconds;
  private Optional<String> nodesName = Optional.empty();
  private OwnIdentity identity = identity(Optional.empty());

  private OwnIdentity identity(Optional<String> configuredName) {
    return new OwnIdentity(
        () -> {
          asked++;
          return answer;
        },
        "boot-1",
        configuredName,
        () -> nodesName,
        () -> nanoseconds,
        reported::add,
        learned::add,
        List.of(
            new Witness() {
              @Override
              public void identityAsked(Identity told) {
                witnessed.add(told);
              }
            }));
  }

  private static Identity vm(String name, Optional<String> vmId) {
    return new Identity.Found(
        new VmFacts(
            name,
            vmId,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of()));
  }

  /** Polls each second. */
  private void polls(Duration time) {
    for (int second = 0; second < time.toSeconds(); second++) {
      identity.askIfDue();
      nanoseconds += Duration.ofSeconds(1).toNanos();
    }
  }

  private static Observation started(String name, Optional<String> vmId) {
    return new Observation.DaemonStarted(new Machine(name, vmId, "boot-1", true));
  }

  @Test
  void isAskedForUntilItIsKnownAndNoMore() {
    polls(Duration.ofSeconds(6));
    assertThat(asked).isEqualTo(3);
    assertThat(identity.missing()).contains("no answer within 10 s");
    answer = vm("vm-1", Optional.of("id-1"));
    polls(Duration.ofHours(1));
    assertThat(asked).isEqualTo(4);
    assertThat(reported).containsExactly(started("vm-1", Optional.of("id-1")));
    assertThat(identity.missing()).isEmpty();
  }

  @Test
  void isAskedForLessOftenAfterAMinute() {
    polls(Duration.ofMinutes(1));
    assertThat(asked).isEqualTo(30);
    polls(Duration.ofMinutes(1));
    assertThat(asked).isBetween(35, 37);
  }

  @Test
  void theConfiguredNameMustDoAfterTenTries() {
    identity = identity(Optional.of("VM-1"));
    polls(Duration.ofSeconds(18));
    assertThat(reported).isEmpty();
    polls(Duration.ofSeconds(2));
    assertThat(reported).containsExactly(started("VM-1", Optional.empty()));
    assertThat(identity.missing()).isEmpty();
  }

  @Test
  void theNodesNameDoesForOneThatIsNotConfigured() {
    nodesName = Optional.of("vmss_3");
    polls(Duration.ofSeconds(18));
    assertThat(reported).isEmpty();
    polls(Duration.ofSeconds(2));
    assertThat(reported).containsExactly(started("vmss_3", Optional.empty()));
  }

  @Test
  void whatTheConfiguredNameDoesNotTellIsLearnedWithoutARestart() {
    identity = identity(Optional.of("VM-1"));
    polls(Duration.ofSeconds(20));
    answer = vm("vm-of-the-platform", Optional.of("id-1"));
    polls(Duration.ofMinutes(1));
    assertThat(reported)
        .containsExactly(started("VM-1", Optional.empty()), started("VM-1", Optional.of("id-1")));
    assertThat(learned)
        .last()
        .isEqualTo(((Identity.Found) vm("VM-1", Optional.of("id-1"))).facts());
    int sofar = asked;
    polls(Duration.ofHours(1));
    assertThat(asked).isEqualTo(sofar);
  }

  @Test
  void isSeldomAskedForOnceANameIsKnown() {
    identity = identity(Optional.of("VM-1"));
    polls(Duration.ofHours(1));
    assertThat(asked - OwnIdentity.TRIES_WITH_A_CONFIGURED_NAME).isBetween(5, 7);
    assertThat(reported).as("told once").hasSize(1);
  }

  @Test
  void aVmIdThatWasNotToldIsAskedForAgain() {
    answer = vm("vm-1", Optional.empty());
    polls(Duration.ofSeconds(30));
    assertThat(asked).isEqualTo(1);
    answer = vm("vm-1", Optional.of("id-1"));
    polls(Duration.ofMinutes(1));
    assertThat(reported)
        .containsExactly(started("vm-1", Optional.empty()), started("vm-1", Optional.of("id-1")));
  }

  @Test
  void everyAnswerIsWitnessed() {
    polls(Duration.ofSeconds(6));
    assertThat(witnessed).containsExactly(NO_ANSWER, NO_ANSWER, NO_ANSWER);
  }
}
