package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** C08: the six examples of the specification. */
class ContextExamplesTest {
  private static final String HOST_MAINTENANCE = "Host server is undergoing maintenance.";

  static Stream<Arguments> examples() {
    return Stream.of(
        Arguments.of(
            "freeze",
            Asked.about("Freeze")
                .description(HOST_MAINTENANCE)
                .lasting(Duration.ofSeconds(5))
                .naming("west_0", "west_1")
                .in(Hook.SCHEDULED, MaintenanceState.MAINTENANCE_SCHEDULED)
                .timeout(600)),
        Arguments.of(
            "reboot",
            Asked.about("Reboot")
                .description(HOST_MAINTENANCE)
                .naming("west_0", "west_1")
                .timeout(837)),
        Arguments.of(
            "redeploy",
            Asked.about("Redeploy")
                .description(HOST_MAINTENANCE)
                .naming("west_0", "west_1")
                .due("2026-04-11T22:21:58Z", "2026-04-11T22:20:58Z")
                .timeout(537)),
        Arguments.of(
            "preempt-deallocate",
            Asked.about("Preempt")
                .evictionPolicy("Deallocate")
                .due("2026-04-11T22:12:30Z", "2026-04-11T22:12:24Z")
                .timeout(23)),
        Arguments.of(
            "preempt-delete",
            Asked.about("Preempt").due("2026-04-11T22:12:30Z", "2026-04-11T22:12:24Z").timeout(23)),
        Arguments.of(
            "terminate",
            Asked.about("Terminate")
                .source(EventSource.UNKNOWN)
                .naming("west_0", "west_1")
                .timeout(837)));
  }

  @ParameterizedTest(name = "C08 {0} is written as in the example, byte for byte")
  @MethodSource("examples")
  void reproduces(String name, Asked asked) {
    DrainContext context = asked.group(3, "west_0", "west_1", "west_2").context();

    assertThat(new String(DrainContextJson.write(context), StandardCharsets.UTF_8))
        .isEqualTo(ContextSchema.example(name).toString());
  }

  @ParameterizedTest(name = "C08 {0} is valid against the schema")
  @MethodSource("examples")
  void isValid(String name, Asked asked) {
    assertThat(ContextSchema.complaints(ContextSchema.example(name))).isEmpty();
  }

  @ParameterizedTest(name = "C08 {0} keeps what is always true")
  @MethodSource("examples")
  void keepsWhatIsAlwaysTrue(String name, Asked asked) {
    AlwaysTrue.check(ContextSchema.example(name));
  }

  @Test
  @DisplayName("C08 the schema refuses a context without a required member")
  void refusesIncompleteContext() {
    JsonNode example = ContextSchema.example("reboot");
    ((ObjectNode) example.get("vm")).remove("disposition");

    assertThat(ContextSchema.complaints(example)).hasSize(1);
  }

  @Test
  @DisplayName("C08 the schema refuses a time that is none")
  void refusesOddTime() {
    JsonNode example = ContextSchema.example("reboot");
    ((ObjectNode) example.get("event")).put("not_before", "soon");

    assertThat(ContextSchema.complaints(example)).hasSize(1);
  }

  @Test
  @DisplayName("readers ignore members they do not know")
  void readersIgnoreUnknownMembers() {
    ObjectNode example = (ObjectNode) ContextSchema.example("redeploy");
    example.put("weather", "fair");
    ((ObjectNode) example.get("vm")).putObject("colour").put("name", "blue");
    ((ObjectNode) example.at("/disks/0")).put("rpm", 7200);

    assertThat(ContextSchema.complaints(example)).isEmpty();
    assertThat(ContextMember.get(example, ".vm.recreated")).contains("true");
    assertThat(ContextMember.get(example, ".vm.colour.name")).contains("blue");
  }
}
