package io.drainwatch.drainer.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.drainer.context.FactSources;
import io.drainwatch.drainer.context.VmFacts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VmFactsJsonTest {
  @Test
  void readsWhatItWrote() {
    VmFacts facts =
        new VmFacts(
            "vm_0",
            Optional.of("id"),
            Optional.empty(),
            Optional.of("Spot"),
            Optional.of("Delete"),
            Optional.empty(),
            Optional.of("1"),
            List.of(
                new VmFacts.Disk(
                    "d",
                    VmFacts.Disk.Kind.PERSISTENT,
                    OptionalInt.of(0),
                    OptionalLong.of(5),
                    false,
                    Optional.of("Detach"))),
            Optional.of(
                new FactSources(
                    Optional.of(FactSources.METADATA),
                    Optional.empty(),
                    Optional.of(FactSources.RESOURCE_MANAGER))));

    assertThat(VmFactsJson.read(VmFactsJson.write(facts))).contains(facts);
  }

  @Test
  void readsTheRecordOfAnEarlierVersion() throws Exception {
    JsonNode earlier =
        new ObjectMapper()
            .readTree(
                """
                {"name":"vm_0","vmId":"id","resourceId":null,"priority":null,"evictionPolicy":"Delete",
                 "scaleSet":null,"zone":"1","disks":[{"name":"d","kind":"PERSISTENT","lun":0,
                 "sizeMb":5,"ephemeral":false}]}
                """);

    assertThat(VmFactsJson.read(earlier))
        .hasValueSatisfying(
            facts -> {
              assertThat(facts.sources()).isEmpty();
              assertThat(facts.disks().getFirst().deleteOption()).isEmpty();
            });
  }
}
