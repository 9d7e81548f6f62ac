package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextMemberTest {
  private final JsonNode context = ContextSchema.example("redeploy");

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        ".version|1",
        ".vm.recreated|true",
        ".vm.name|west_0",
        ".vm.target_states|[\"recreated\"]",
        ".vm.target_states[0]|recreated",
        ".disks[2].next_state|deleted",
        ".disks[0].lun|null",
        ".deployment|{\"name\":null,\"next_state\":\"updated\"}",
        ".affected_vms[1].name|west_1"
      })
  void prints(String path, String member) {
    assertThat(ContextMember.get(context, path)).contains(member);
  }

  @ParameterizedTest(name = "there is no {0}")
  @ValueSource(strings = {".raw_event", ".vm.colour", ".disks[3]", ".vm[0]", ".vm.name.first"})
  void findsNothing(String path) {
    assertThat(ContextMember.get(context, path)).isEmpty();
  }

  @Test
  void printsEverything() {
    assertThat(ContextMember.get(context, ".")).contains(context.toString());
  }

  @ParameterizedTest(name = "''{0}'' is no path")
  @ValueSource(strings = {"", "vm", "..vm", ".vm.", ".disks[", ".disks[x]", ".disks[-1]", "[0]"})
  void refusesOddPath(String path) {
    assertThatThrownBy(() -> ContextMember.get(context, path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + path + "'")
        .hasMessageContaining(".vm.recreated");
  }
}
