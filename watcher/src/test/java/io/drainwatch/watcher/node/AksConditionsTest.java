package io.drainwatch.watcher.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.nodes.Announcement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as seen in the field. */
class AksConditionsTest {
  private static final Instant CHANGED = Instant.parse("2026-02-26T10:12:43Z");
  private static final String SEEN =
      "Preempt Scheduled: Wed, 26 Feb 2025 10:13:13 GMT. DurationInSeconds: -1. For more"
          + " information, see https://aka.ms/aks/scheduledevents.";
  private static final Announcement IDLE =
      vmEvent("False", "NoVMEventScheduled", "VM has no scheduled event");

  private static Announcement vmEvent(String status, String reason, String message) {
    return new Announcement(Announcement.VM_EVENT, status, reason, message, Optional.of(CHANGED));
  }

  private static Announcement spot(String status, String message) {
    return new Announcement(
        Announcement.PREEMPTION, status, "SpotEvictionIncoming", message, Optional.of(CHANGED));
  }

  private static List<ScheduledEvent> announced(Announcement... found) {
    return ((AksConditions.Announced) AksConditions.of(List.of(found))).events();
  }

  private static ScheduledEvent only(Announcement... found) {
    assertThat(announced(found)).hasSize(1);
    return announced(found).getFirst();
  }

  @Test
  void readsTheMessageOfTheNodeProblemDetector() {
    ScheduledEvent event = only(vmEvent("True", "VMEventScheduled", SEEN));

    assertThat(event.kind()).isEqualTo(EventKind.PREEMPT);
    assertThat(event.notBefore()).contains(Instant.parse("2025-02-26T10:13:13Z"));
    assertThat(event.duration()).isEmpty();
    assertThat(event.source()).isEqualTo(EventSource.NODE_CONDITION);
    assertThat(event.hasPlatformId()).isFalse();
    assertThat(event.description()).isEqualTo(SEEN);
  }

  @ParameterizedTest
  @CsvSource({"Freeze, 9", "Reboot, 600", "Redeploy, 0", "Terminate, 30"})
  void readsEveryType(String type, long seconds) {
    ScheduledEvent event =
        only(
            vmEvent(
                "True",
                type + "Scheduled",
                type + " Scheduled: Mon, 02 Feb 2026 10:13:13 GMT. DurationInSeconds: " + seconds));

    assertThat(event.type()).isEqualTo(type);
    assertThat(event.duration()).contains(Duration.ofSeconds(seconds));
    assertThat(event.notBefore()).contains(Instant.parse("2026-02-02T10:13:13Z"));
  }

  @Test
  void readsTheEventIdOfANewerCondition() {
    ScheduledEvent event =
        only(spot("True", "Spot eviction. EventId: 602D9444-D2CD-49C7-8624-8643E7171297"));

    assertThat(event.id()).isEqualTo("602D9444-D2CD-49C7-8624-8643E7171297");
    assertThat(event.kind()).isEqualTo(EventKind.PREEMPT);
    assertThat(event.notBefore()).isEmpty();
    assertThat(event.hasPlatformId()).as("nothing to acknowledge with").isFalse();
  }

  @Test
  void tellsThatAnEventHasStarted() {
    ScheduledEvent event =
        only(
            vmEvent(
                "True", "VMEventScheduled", SEEN.replace("Preempt Scheduled", "Reboot Started")));

    assertThat(event.kind()).isEqualTo(EventKind.REBOOT);
    assertThat(event.isStarted()).isTrue();
    assertThat(only(vmEvent("True", "VMEventScheduled", SEEN)).isStarted()).isFalse();
    assertThat(
            only(
                    spot("True", "EventId: 602D9444-D2CD-49C7-8624-8643E7171297"),
                    vmEvent(
                        "True",
                        "VMEventScheduled",
                        SEEN.replace("Preempt Scheduled", "Preempt Started")))
                .isStarted())
        .as("one of the two knows")
        .isTrue();
  }

  @Test
  void bothTellOfOnePreemption() {
    ScheduledEvent event =
        only(
            spot("True", "EventId: 602D9444-D2CD-49C7-8624-8643E7171297"),
            vmEvent("True", "VMEventScheduled", SEEN));

    assertThat(event.id()).startsWith("602D9444");
    assertThat(event.notBefore()).contains(Instant.parse("2025-02-26T10:13:13Z"));
    assertThat(
            announced(
                spot("True", "EventId: 602D9444-D2CD-49C7-8624-8643E7171297"),
                vmEvent("True", "VMEventScheduled", SEEN.replace("Preempt", "Reboot"))))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?",
        "something odd",
        "Scheduled: Wed, 26 Feb 2025 10:13:13 GMT",
        "9 Scheduled"
      })
  void losesNoEventWhoseMessageIsNotUnderstood(String message) {
    ScheduledEvent event = only(vmEvent("True", "VMEventScheduled", message));

    assertThat(event.kind()).isEqualTo(EventKind.UNKNOWN);
    assertThat(event.id()).isNotBlank();
  }

  @Test
  void anEventKeepsItsIdWhileItsTimeMoves() {
    String moved = SEEN.replace("10:13:13", "10:43:13");

    assertThat(only(vmEvent("True", "r", moved)).id())
        .isEqualTo(only(vmEvent("True", "r", SEEN)).id());
    assertThat(only(vmEvent("True", "r", moved)).notBefore())
        .isNotEqualTo(only(vmEvent("True", "r", SEEN)).notBefore());
  }

  @Test
  void aConditionThatStandsNoMoreSaysThatNothingIsScheduled() {
    assertThat(AksConditions.of(List.of(IDLE))).isEqualTo(new AksConditions.NoneScheduled());
    assertThat(AksConditions.of(List.of(IDLE, spot("False", ""))))
        .isEqualTo(new AksConditions.NoneScheduled());
  }

  @Test
  void whatIsNotSaidIsNoNews() {
    AksConditions silent = new AksConditions.Silent();

    assertThat(AksConditions.of(List.of())).isEqualTo(silent);
    assertThat(AksConditions.of(List.of(vmEvent("Unknown", "", "")))).isEqualTo(silent);
    assertThat(AksConditions.of(List.of(vmEvent("", "", "")))).isEqualTo(silent);
    assertThat(AksConditions.of(List.of(IDLE, spot("Unknown", "")))).isEqualTo(silent);
    assertThat(AksConditions.of(List.of(vmEvent("True", "NoVMEventScheduled", ""))))
        .as("it contradicts itself")
        .isEqualTo(silent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          azure:///subscriptions/S/resourceGroups/R/providers/Microsoft.Compute/virtualMachineScaleSets/aks-p-1-vmss/virtualMachines/13 | aks-p-1-vmss_13
          azure:///subscriptions/s/resourcegroups/r/providers/microsoft.compute/virtualmachinescalesets/v/virtualmachines/v_1a2b3c4d     | v_1a2b3c4d
          azure:///subscriptions/S/resourceGroups/R/providers/Microsoft.Compute/virtualMachines/web-1                                    | web-1
          aws:///eu-west-1a/i-0123                                                                                                      |
          azure:///subscriptions/S                                                                                                      |
          ''                                                                                                                            |
          """)
  void namesTheVmByTheNodesProviderId(String providerId, String name) {
    assertThat(ProviderId.vmName(providerId)).isEqualTo(Optional.ofNullable(name));
  }
}
