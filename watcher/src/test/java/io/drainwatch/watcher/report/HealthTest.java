package io.drainwatch.watcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.VirtualVm;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.maintenance.Watch.EmptyRun;
import io.drainwatch.drainer.maintenance.Watches;
import io.drainwatch.watcher.events.ClientState;
import io.drainwatch.watcher.events.MetadataStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Instant NOW = VirtualVm.START.plusSeconds(600);
  private static final Duration FRESHNESS = Duration.ofSeconds(60);

  private static MetadataStatus metadata(ClientState state, Optional<Instant> lastValidAt) {
    return new MetadataStatus(state, "2020-07-01", true, lastValidAt, 12);
  }

  private static MetadataStatus okAgo(int seconds) {
    return metadata(ClientState.OK, Optional.of(NOW.minusSeconds(seconds)));
  }

  private static Health readiness(MetadataStatus metadata, Watch watch) {
    return Health.readiness(metadata, watch, Optional.empty(), Optional.empty(), NOW, FRESHNESS);
  }

  private static Watch emptyAnswer(Watch watch, int secondsAgo) {
    Instant at = NOW.minusSeconds(secondsAgo);
    return Watches.empties(watch, new EmptyRun(at, at));
  }

  private static Watch withDocument() {
    return new Story().begin().document().watch(); // 10 minutes old by now
  }

  @Test
  void livesWhileTheLoopTicks() {
    assertThat(Health.liveness(Duration.ofSeconds(30)).isUp()).isTrue();
  }

  @Test
  void livesNoMoreWhenTheLoopHangs() {
    Health health = Health.liveness(Duration.ofSeconds(31));
    assertThat(health.status()).isEqualTo("DOWN");
    assertThat(health.reasons()).extracting(Health.Reason::reason).containsExactly("hanging");
  }

  @Test
  void isReadyWhenADocumentCameLately() {
    assertThat(readiness(okAgo(60), Watch.idle()).isUp()).isTrue();
  }

  @Test
  void isNotReadyWhileWarming() {
    Health health = readiness(metadata(ClientState.WARMING, Optional.empty()), Watch.idle());
    assertThat(health.reasons()).extracting(Health.Reason::reason).containsExactly("warming");
  }

  @Test
  void isNotReadyOnStaleNews() {
    Health health = readiness(okAgo(61), Watch.idle());
    assertThat(health.reasons()).extracting(Health.Reason::reason).containsExactly("stale");
  }

  @Test
  void isNotReadyWhenCallsFailInARow() {
    Health health =
        readiness(metadata(ClientState.DEGRADED, Optional.of(NOW.minusSeconds(10))), Watch.idle());
    assertThat(health.reasons()).extracting(Health.Reason::reason).containsExactly("degraded");
    assertThat(health.reasons().getFirst().detail()).contains("12 calls");
  }

  @Test
  void takesAnEmptyAnswerForNewsOnceThereWasADocument() {
    assertThat(readiness(okAgo(300), emptyAnswer(withDocument(), 2)).isUp()).isTrue();
  }

  @Test
  void isReadyWhereAllAnswersAreEmptyOnceTheCoreTookARunOfThemForADocument() {
    MetadataStatus neverValid = metadata(ClientState.WARMING, Optional.empty());
    assertThat(readiness(neverValid, emptyAnswer(withDocument(), 2)).isUp()).isTrue();
  }

  @Test
  void isWarmingWhileTheRunOfEmptyAnswersIsShort() {
    MetadataStatus neverValid = metadata(ClientState.WARMING, Optional.empty());
    assertThat(readiness(neverValid, emptyAnswer(Watch.idle(), 2)).reasons())
        .extracting(Health.Reason::reason)
        .containsExactly("warming");
  }

  @Test
  void isNotReadyWhenTheRecordCannotBeWritten() {
    Health health =
        Health.readiness(
            okAgo(1), Watch.idle(), Optional.empty(), Optional.of("disk full"), NOW, FRESHNESS);
    assertThat(health.reasons()).extracting(Health.Reason::reason).containsExactly("record");
    assertThat(health.reasons().getFirst().detail()).contains("disk full");
  }

  @Test
  void aDrainerIsReadyWhileTheApiServerServesIt() {
    assertThat(Health.readiness(Optional.of(Duration.ofSeconds(60))).isUp()).isTrue();
    assertThat(Health.readiness(Optional.empty()).reasons())
        .extracting(Health.Reason::reason)
        .containsExactly("warming");
    Health stale = Health.readiness(Optional.of(Duration.ofSeconds(61)));
    assertThat(stale.reasons()).extracting(Health.Reason::reason).containsExactly("stale");
    assertThat(stale.reasons().getFirst().detail()).contains("61 s");
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    Health health =
        Health.readiness(
            metadata(ClientState.DEGRADED, Optional.of(NOW.minusSeconds(500))),
            Watch.idle(),
            Optional.of("403 of 169.254.169.254"),
            Optional.of("disk full"),
            NOW,
            FRESHNESS);
    assertThat(health.reasons())
        .extracting(Health.Reason::reason)
        .containsExactly("degraded", "stale", "identity", "record");
  }
}
