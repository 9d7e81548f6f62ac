package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What drain-scripts.md 2.2 calls always true, asked of the JSON a script reads. */
final class AlwaysTrue {
  private AlwaysTrue() {}

  static void check(JsonNode context) {
    JsonNode vm = context.get("vm");
    List<String> targets = new ArrayList<>();
    vm.get("target_states").forEach(target -> targets.add(target.textValue()));
    boolean recreated = vm.get("recreated").booleanValue();

    assertThat(vm.get("disposition").textValue().equals("recreated")).isEqualTo(recreated);
    assertThat(targets.contains("recreated")).isEqualTo(recreated);
    assertThat(targets.contains("deleted")).isEqualTo(vm.get("deleted").booleanValue());
    assertThat(vm.get("stopped").booleanValue()).isTrue();
    assertThat(targets).isNotEmpty().doesNotHaveDuplicates();
    assertThat(context.get("version").intValue()).isEqualTo(1);
    assertThat(context.get("packages")).isEmpty();
  }
}
