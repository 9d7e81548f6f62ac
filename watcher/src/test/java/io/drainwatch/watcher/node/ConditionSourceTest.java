package io.drainwatch.watcher.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.watcher.events.ClientState;
import io.drainwatch.watcher.events.MetadataStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionSourceTest {
  private static final Observation NOTHING = new Observation.NodeConditionsRead(List.of());

  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final ModelCluster cluster = new ModelCluster(now);
  private Optional<Instant> readAt = Optional.empty();
  private final ConditionSource source = new ConditionSource(true, () -> now);

  @BeforeEach
  void aNode() {
    cluster.addNode("n1");
  }

  private void announce(String message) {
    cluster.announce("n1", message);
    see(source);
  }

  private void see(ConditionSource which) {
    which.seen(new NodeReading.Found(cluster.node("n1").facts()));
  }

  private MetadataStatus away() {
    return status(ClientState.DEGRADED);
  }

  private MetadataStatus status(ClientState state) {
    return new MetadataStatus(state, "2020-07-01", true, readAt, 0);
  }

  /** A document without an event of this VM. */
  private void documentIsRead() {
    now = now.plusSeconds(1);
    readAt = Optional.of(now);
    assertThat(source.polled(status(ClientState.OK))).isEmpty();
  }

  private Optional<Observation> polled() {
    return source.polled(away());
  }

  @Test
  void tellsWhatIsAnnouncedAtEveryPollThatFails() {
    announce("Reboot Scheduled: Sat, 21 Nov 2026 10:15:00 GMT. DurationInSeconds: 9.");

    assertThat(polled()).isEqualTo(polled());
    assertThat(((Observation.NodeConditionsRead) polled().orElseThrow()).events())
        .singleElement()
        .matches(event -> event.type().equals("Reboot"));
  }

  @ParameterizedTest
  @EnumSource(value = ClientState.class, names = "DEGRADED", mode = EnumSource.Mode.EXCLUDE)
  void tellsNothingWhileTheServiceMayAnswer(ClientState state) {
    announce("Reboot Scheduled: Sat, 21 Nov 2026 10:15:00 GMT.");

    assertThat(source.polled(status(state))).isEmpty();
  }

  @Test
  void tellsNothingWhereItIsSwitchedOff() {
    ConditionSource off = new ConditionSource(false, () -> now);
    announce("Reboot Scheduled: Sat, 21 Nov 2026 10:15:00 GMT.");
    see(off);

    assertThat(off.polled(away())).isEmpty();
    assertThat(off.vmName()).isEmpty();
  }

  @Test
  void aNodeWithoutSuchConditionsIsNoNews() {
    see(source);

    assertThat(polled()).isEmpty();
  }

  @Test
  void aNodeThatCannotBeReadStaysAsItWas() {
    announce("Reboot Scheduled: Sat, 21 Nov 2026 10:15:00 GMT.");
    source.seen(new NodeReading.Unknown("no answer"));
    assertThat(polled()).isPresent();
    source.seen(new NodeReading.Gone());
    assertThat(polled()).isEmpty();
  }

  @Test
  void saysASecondTimeThatNothingIsScheduledOnlyAfterAWhile() {
    announce("");
    assertThat(polled()).contains(NOTHING);
    now = now.plusSeconds(59);
    assertThat(polled()).isEmpty();
    now = now.plusSeconds(1);
    assertThat(polled()).contains(NOTHING);
  }

  @Test
  void aClockThatIsSetForwardConfirmsNothing() {
    announce("");
    assertThat(polled()).contains(NOTHING);
    now = now.plus(Duration.ofHours(1));
    source.clockStepped(Duration.ofHours(1));
    assertThat(polled()).isEmpty();
  }

  @Test
  void knowsWhichVmTheNodeIs() {
    see(source);

    assertThat(source.vmName()).contains("vm-n1");
  }

  @Test
  void leavesToDocumentsWhatTheyHadTheirSayAbout() {
    announce("Reboot Scheduled: Sat, 21 Nov 2026 10:15:00 GMT.");
    documentIsRead();
    documentIsRead();
    assertThat(polled()).as("the maintenance is over, the condition lags").isEmpty();

    announce("Reboot Scheduled: Sat, 21 Nov 2026 11:45:00 GMT.");
    assertThat(((Observation.NodeConditionsRead) polled().orElseThrow()).events()).hasSize(1);
  }

  @Test
  void tellsAgainOfWhatWasTakenBackInBetween() {
    announce("Reboot Scheduled: Sat, 21 Nov 2026 10:15:00 GMT.");
    documentIsRead();
    documentIsRead();
    announce("");
    assertThat(polled()).contains(NOTHING);
    announce("Reboot Scheduled: Sat, 21 Nov 2026 10:15:00 GMT.");
    assertThat(((Observation.NodeConditionsRead) polled().orElseThrow()).events()).hasSize(1);
  }

  @Test
  void tellsWhatCameAfterTheLastDocumentButOne() {
    documentIsRead();
    announce("Reboot Scheduled: Sat, 21 Nov 2026 10:15:00 GMT.");
    documentIsRead();
    assertThat(polled()).as("one document says nothing for sure").isPresent();
  }
}
