package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebdevopsVariablesTest {

  @Test
  void writesTheEventAsItsScriptsKnowIt() {
    DrainContext context =
        Asked.about("Reboot")
            .naming("west_0", "west_1")
            .due("2026-09-05T02:06:08Z", "2026-09-05T02:05:08Z")
            .context();

    assertThat(variables(context))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "EVENT_ID", Asked.EVENT_ID,
                "EVENT_SOURCE", "Platform",
                "EVENT_STATUS", "Scheduled",
                "EVENT_TYPE", "Reboot",
                "EVENT_NOTBEFORE", "Sat, 05 Sep 2026 02:06:08 GMT",
                "EVENT_RESOURCES", "west_0 west_1",
                "EVENT_RESOURCETYPE", "VirtualMachine"));
  }

  @Test
  void leavesNotBeforeEmptyWhereItIsNotKnown() {
    assertThat(variables(Asked.about("Reboot").due(Optional.empty(), Optional.empty()).context()))
        .containsEntry("EVENT_NOTBEFORE", "");
  }

  private static Map<String, String> variables(DrainContext context) {
    return WebdevopsVariables.of(context, ContextSettings.MAXIMUM_INLINE_BYTES);
  }
}
