package io.drainwatch.watcher.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Resource Graph's rows mean for one VM. */
class GraphReadingTest {
  private static final ResourceId INSTANCE = AzureSamples.SET.instance("7");
  private static final String SET = AzureSamples.SET.path();

  private static GraphEvent event(String resource, String type, String status, String... vms) {
    return new GraphEvent(resource, "abc", type, status, List.of(vms), "2026-11-21T18:00:00Z");
  }

  private static Optional<List<ScheduledEvent>> of(ResourceId vm, GraphEvent... events) {
    return GraphReading.of(
        new GraphSight(Set.of(SET, AzureSamples.VM.path()), List.of(events)), vm);
  }

  private static ScheduledEvent only(String type, String status) {
    return of(INSTANCE, event(SET, type, status, "POOL_7")).orElseThrow().getFirst();
  }

  @Test
  void tellsTypeStatusNotBeforeAndResourcesAsTheGraphDoes() {
    ScheduledEvent event =
        of(
                INSTANCE,
                event(
                    SET.toLowerCase(java.util.Locale.ROOT),
                    "Reboot",
                    "Scheduled",
                    "pool_6",
                    "Pool_7"))
            .orElseThrow()
            .getFirst();
    assertThat(event.kind()).isEqualTo(EventKind.REBOOT);
    assertThat(event.status()).isEqualTo(EventStatus.SCHEDULED);
    assertThat(event.source()).isEqualTo(EventSource.RESOURCE_GRAPH);
    assertThat(event.hasPlatformId()).as("never acknowledged").isFalse();
    assertThat(event.key()).isEqualTo("ABC");
    assertThat(event.resources()).containsExactly("pool_6", "Pool_7");
    assertThat(event.notBefore()).contains(Instant.parse("2026-11-21T18:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "Scheduled, SCHEDULED",
    "scheduled, SCHEDULED",
    "Started, STARTED",
    "InProgress, UNKNOWN",
    "'', UNKNOWN"
  })
  void readsTheStatus(String word, EventStatus status) {
    assertThat(only("Reboot", word).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"Completed", "Canceled", "completed", "Cancelled"})
  void whatIsOverIsAsIfItWereNotThere(String word) {
    assertThat(of(INSTANCE, event(SET, "Reboot", word, "pool_7"))).contains(List.of());
  }

  @ParameterizedTest
  @CsvSource({"Reboot, REBOOT", "preempt, PREEMPT", "Melt, UNKNOWN", "'', UNKNOWN"})
  void aTypeThatIsNotKnownIsUnknown(String type, EventKind kind) {
    assertThat(only(type, "Scheduled").kind()).isEqualTo(kind);
  }

  @Test
  void isOfTheVmThatItNames() {
    assertThat(of(INSTANCE, event(SET, "Reboot", "Scheduled", "pool_6"))).contains(List.of());
    assertThat(of(AzureSamples.VM, event(AzureSamples.VM.path(), "Reboot", "Scheduled")))
        .hasValueSatisfying(list -> assertThat(list).hasSize(1));
    assertThat(
            of(
                INSTANCE,
                event(SET.replace("rg-1", "rg-2"), "Reboot", "Scheduled", "pool_7"),
                event(SET.replace("/sub/", "/other/"), "Reboot", "Scheduled", "pool_7")))
        .as("a VM of the same name in another group, another subscription")
        .contains(List.of());
    assertThat(
            of(
                AzureSamples.VM,
                event(
                    "/subscriptions/sub/resourceGroups/rg-1/providers/Microsoft.Compute/availabilitySets/a",
                    "Reboot",
                    "Scheduled",
                    "vm_0")))
        .hasValueSatisfying(list -> assertThat(list).hasSize(1));
  }

  @Test
  void anAnswerThatDoesNotSeeTheVmSaysNothingOfIt() {
    GraphSight nothing = new GraphSight(Set.of(), List.of());
    assertThat(GraphReading.of(nothing, INSTANCE)).isEmpty();
    assertThat(GraphReading.of(nothing, AzureSamples.VM)).isEmpty();
    assertThat(of(AzureSamples.SET.instance("9"))).contains(List.of());
  }

  @Test
  void noTextIsTakenAsItIs() {
    GraphEvent odd =
        new GraphEvent(SET, "i\nd", "Re\u0007boot", "Scheduled", List.of("pool_7"), "soon");
    ScheduledEvent read = of(INSTANCE, odd).orElseThrow().getFirst();
    assertThat(read.id()).isEqualTo("id");
    assertThat(read.notBefore()).isEmpty();
    assertThat(of(INSTANCE, new GraphEvent(SET, " ", "Reboot", "Scheduled", List.of("pool_7"), "")))
        .contains(List.of());
  }

  @Test
  void anEventIsNotLostWhereItsVmIsNotShown() {
    assertThat(
            GraphReading.of(
                new GraphSight(Set.of(), List.of(event(SET, "Reboot", "Scheduled", "pool_7"))),
                INSTANCE))
        .hasValueSatisfying(list -> assertThat(list).hasSize(1));
  }
}
