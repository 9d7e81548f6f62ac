package io.drainwatch.watcher.events;

import static io.drainwatch.drainer.fuzz.Fuzz.throwAt;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** L10: what the metadata service tells of the VM. */
class ComputeFuzzTest {
  @Test
  @DisplayName("L10 facts of the VM, or why there are none")
  void factsOrWhyNot() {
    throwAt(
        List.of(
            Fixtures.text("compute-linux-2025-04-07.json"),
            Fixtures.text("compute-vmss-uniform.json")),
        bytes -> {
          switch (new ComputeReader().read(bytes)) {
            case ComputeReader.ReadCompute(var facts) -> assertThat(facts.name()).isNotBlank();
            case ComputeReader.NotCompute(String reason) ->
                assertThat(reason).isNotBlank().hasSizeLessThan(600);
          }
        });
  }
}
