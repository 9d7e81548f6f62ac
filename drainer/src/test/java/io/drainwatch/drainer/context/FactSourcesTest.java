package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * What the platform says of a disk itself counts before the worse case, and the source is named.
 */
class FactSourcesTest {
  private static VmFacts.Disk data(int lun, String deleteOption) {
    return new VmFacts.Disk(
        "data" + lun,
        VmFacts.Disk.Kind.PERSISTENT,
        OptionalInt.of(lun),
        OptionalLong.of(1024),
        false,
        Optional.of(deleteOption).filter(option -> !option.isEmpty()));
  }

  private static VmFacts.Disk os(boolean ephemeral, String deleteOption) {
    return new VmFacts.Disk(
        "os",
        VmFacts.Disk.Kind.OS,
        OptionalInt.empty(),
        OptionalLong.empty(),
        ephemeral,
        Optional.of(deleteOption));
  }

  private static VmFacts facts(VmFacts.Disk... disks) {
    VmFacts told = Asked.about("Terminate").facts();
    return new VmFacts(
        told.name(),
        told.vmId(),
        told.resourceId(),
        told.priority(),
        told.evictionPolicy(),
        told.scaleSet(),
        told.zone(),
        List.of(disks),
        Optional.of(
            new FactSources(
                Optional.empty(),
                Optional.of(FactSources.METADATA),
                Optional.of(FactSources.RESOURCE_MANAGER))));
  }

  private static JsonNode context(String type, VmFacts facts) {
    Asked asked = Asked.about(type);
    return ContextSchema.written(ContextMapping.map(asked.question(), facts, asked.settings()));
  }

  private static List<String> states(JsonNode context) {
    return context.path("disks").findValuesAsText("next_state");
  }

  @Test
  void aDetachedDiskOutlivesATerminate() {
    VmFacts facts = facts(os(false, "Delete"), data(0, "Detach"), data(1, "Delete"), data(2, ""));

    JsonNode context = context("Terminate", facts);

    assertThat(states(context)).containsExactly("deleted", "unavailable", "deleted", "deleted");
    assertThat(ContextSchema.complaints(context)).isEmpty();
    assertThat(context.path("vm").path("facts_from").toString())
        .isEqualTo(
            "{\"eviction_policy\":null,\"os_disk\":\"metadata\",\"delete_options\":\"resource-manager\"}");
  }

  @Test
  void aJobKeepsItsDisksWhereAllAreDetached() {
    Asked asked = Asked.about("Terminate");
    VmFacts kept = facts(os(false, "Detach"), data(0, "Detach"), data(1, "detach"));
    VmFacts lost = facts(os(false, "Detach"), data(0, "Detach"), data(1, "Delete"));

    assertThat(
            ContextMapping.effects(asked.question(), kept, asked.settings()).bosh().jobNextState())
        .isEqualTo(Effects.JobNextState.SAME_SIZE);
    assertThat(
            ContextMapping.effects(asked.question(), lost, asked.settings()).bosh().jobNextState())
        .isEqualTo(Effects.JobNextState.ZERO);
    assertThat(states(context("Terminate", kept)))
        .containsExactly("unavailable", "unavailable", "unavailable");
  }

  @Test
  void anEphemeralOsDiskIsLostWhateverIsSaidOfIt() {
    assertThat(states(context("Terminate", facts(os(true, "Detach"))))).containsExactly("deleted");
    assertThat(states(context("Redeploy", facts(os(true, "Detach"))))).containsExactly("deleted");
  }

  @Test
  void anEvictionWithPolicyDeleteTakesTheDisksWhateverTheirOption() {
    assertThat(states(context("Preempt", facts(os(false, "Detach"), data(0, "Detach")))))
        .containsExactly("deleted", "deleted");
  }

  @Test
  void whereNobodyElseWasAskedNothingIsSaidOfSources() {
    JsonNode context = ContextSchema.written(Asked.about("Terminate").context());

    assertThat(context.path("vm").has("facts_from")).isFalse();
    assertThat(states(context)).containsOnly("deleted");
  }
}
