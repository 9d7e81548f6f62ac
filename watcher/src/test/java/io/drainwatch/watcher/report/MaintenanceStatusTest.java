package io.drainwatch.watcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.VirtualVm;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.watcher.events.ClientState;
import io.drainwatch.watcher.events.MetadataStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MaintenanceStatusTest {
  private static final Instant NOW = VirtualVm.START.plusSeconds(40);
  private static final MetadataStatus METADATA =
      new MetadataStatus(ClientState.OK, "2020-07-01", true, Optional.of(VirtualVm.START), 0);

  private static final Lifecycle LIFECYCLE = new Lifecycle(LifecycleSettings.defaults());

  private final Story story = new Story().begin();

  private MaintenanceStatus status() {
    return of(story.watch());
  }

  private static MaintenanceStatus of(Watch watch) {
    return MaintenanceStatus.of(
        "1.2.3",
        watch,
        LIFECYCLE::whyNotAcknowledged,
        Optional.of(METADATA),
        Optional.empty(),
        NOW);
  }

  @Test
  void tellsThatNothingIsGoingOn() {
    story.document(Events.reboot("A").naming("vm2"));
    assertThat(status().maintenance()).isEmpty();
    assertThat(status().eventsOfOtherVms()).isOne();
    assertThat(status().incarnation()).hasValue(7);
    assertThat(status().lastDocumentAt()).contains(VirtualVm.START);
    assertThat(status().vm())
        .contains(new MaintenanceStatus.Vm("vm1", Optional.of("id-1"), "boot-1"));
  }

  @Test
  void tellsNoMachineUntilItIsKnown() {
    assertThat(of(Watch.idle()).vm()).isEmpty();
  }

  @Test
  void tellsTheEventTheDeadlineAndWhatIsLeftOfTheTime() {
    story.script(Hook.DRAIN, "10-a", new ScriptOutcome.Exited(75)).document(Events.reboot("A"));
    EpisodeStatus episode = status().maintenance().orElseThrow();
    assertThat(episode.id()).isEqualTo("A/vm1");
    assertThat(episode.state()).isEqualTo("Draining");
    assertThat(episode.since()).isEqualTo(VirtualVm.START);
    assertThat(episode.entered().keySet())
        .containsExactly("MaintenanceScheduled", "Cordoned", "Draining");
    assertThat(episode.deadline()).contains(VirtualVm.START.plusSeconds(840));
    assertThat(episode.secondsLeft()).contains(800L);
    assertThat(episode.leadingEvent()).isEqualTo("A");
    assertThat(episode.action()).isEqualTo("drain");
    assertThat(episode.drain().outcome()).isEqualTo("open");
    EpisodeStatus.EventStanding event = episode.events().getFirst();
    assertThat(event.type()).isEqualTo("Reboot");
    assertThat(event.status()).isEqualTo("Scheduled");
    assertThat(event.notBefore()).contains(VirtualVm.START.plusSeconds(900));
    assertThat(event.acknowledge()).isEqualTo("after-drain");
    assertThat(event.acknowledged()).isFalse();
    assertThat(event.notAcknowledgedBecause()).contains("it is not drained");
  }

  @Test
  void tellsHooksInTheOrderOfAMaintenanceWithTheirScripts() {
    story
        .script(Hook.PRE_STOP, "10-a", new ScriptOutcome.Exited(0))
        .script(Hook.DRAIN, "10-b", new ScriptOutcome.Exited(75))
        .document(Events.reboot("A"));
    EpisodeStatus episode = status().maintenance().orElseThrow();
    assertThat(episode.hooks())
        .extracting(EpisodeStatus.HookStanding::hook)
        .containsExactly("scheduled", "cordon", "pre-stop", "drain");
    EpisodeStatus.ScriptStanding waiting = episode.hooks().getLast().scripts().getFirst();
    assertThat(waiting.name()).isEqualTo("10-b");
    assertThat(waiting.phase()).isEqualTo("waiting");
    assertThat(waiting.attempts()).isOne();
    assertThat(waiting.again()).contains(VirtualVm.START.plusSeconds(5));
    assertThat(episode.hooks().get(2).finished()).isTrue();
  }

  @Test
  void tellsWhyADrainFailed() {
    story.script(Hook.DRAIN, "10-a", new ScriptOutcome.Exited(3)).document(Events.reboot("A"));
    EpisodeStatus.DrainStanding drain = status().maintenance().orElseThrow().drain();
    assertThat(drain.outcome()).isEqualTo("failed");
    assertThat(drain.reason()).contains("drain/10-a");
    assertThat(drain.left()).containsExactly("drain/10-a");
  }

  @Test
  void tellsThatThePlatformMayGoAhead() {
    story.document(Events.reboot("A"));
    EpisodeStatus.EventStanding event = status().maintenance().orElseThrow().events().getFirst();
    assertThat(event.drained()).isTrue();
    assertThat(event.acknowledged()).isTrue();
    assertThat(event.acknowledgeTries()).isOne();
    assertThat(event.notAcknowledgedBecause()).isEmpty();
  }

  @Test
  void looksIntoARecordWithoutADaemon() {
    story.document(Events.reboot("A"));
    MaintenanceStatus status =
        MaintenanceStatus.of(
            "1.2.3",
            Watch.resumedFrom(story.watch().episode()),
            (episode, tracked) -> Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            NOW);
    assertThat(status.vm().orElseThrow().name()).isEqualTo("vm1");
    assertThat(status.metadata()).isEmpty();
    assertThat(status.maintenance()).isPresent();
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    story.script(Hook.DRAIN, "10-a", new ScriptOutcome.Exited(75)).document(Events.reboot("A"));
    String json = StatusJson.write(status());
    assertThat(StatusJson.readStatus(json)).isEqualTo(status());
    assertThat(json).contains("\"at\":\"2026-06-01T08:00:40Z\"").doesNotContain("\n", "null");
  }

  @Test
  void readsWhatALaterVersionSays() throws IOException {
    String json = StatusJson.write(status()).replaceFirst("\\{", "{\"later\":[1],");
    assertThat(StatusJson.readStatus(json)).isEqualTo(status());
  }
}
