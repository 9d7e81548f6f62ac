package io.drainwatch.drainer.slipstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.drainwatch.drainer.slipstream.SlipStreamSettings.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlipStreamSettingsTest {
  private static final Path DIRECTORY = SlipStreamSettings.DEFAULT_DIRECTORY;

  @Test
  void readsActionsByTypeInAnyCase() {
    Reading reading =
        SlipStreamSettings.read(
            true,
            DIRECTORY,
            Optional.of("(.+)-([0-9]+)"),
            Map.of("REBOOT", "disk_detach", "Relocate", "VM_Remove"),
            Optional.of("ignore"),
            false);

    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Read.class,
            read -> {
              assertThat(read.settings().actions())
                  .isEqualTo(
                      new ScalingActions(
                          Map.of(
                              "reboot", ScalingAction.DISK_DETACH,
                              "relocate", ScalingAction.VM_REMOVE)));
              assertThat(read.settings().exitCode()).isEqualTo(ScalingExitCode.IGNORE);
              assertThat(read.settings().names().instanceName("a-1")).isEqualTo("a.1");
            });
  }

  @Test
  void isStrictWithTheTableAndTheDefaultPatternWhenNothingIsConfigured() {
    assertThat(
            SlipStreamSettings.read(
                true, DIRECTORY, Optional.empty(), Map.of(), Optional.empty(), true))
        .isInstanceOfSatisfying(
            Reading.Read.class,
            read -> {
              assertThat(read.settings().exitCode()).isEqualTo(ScalingExitCode.STRICT);
              assertThat(read.settings().actions()).isEqualTo(ScalingActions.OF_THE_TABLE);
              assertThat(read.settings().names().instanceName("west_0")).isEqualTo("west.0");
            });
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    Reading reading =
        SlipStreamSettings.read(
            true,
            Path.of("relative"),
            Optional.of("(.+"),
            Map.of("Reboot", "vm_restart", "Freeze", "vm_resize", "freeze", "vm_resize", " ", "x"),
            Optional.of("lenient"),
            true);

    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Wrong.class,
            wrong ->
                assertThat(wrong.errors())
                    .satisfiesExactly(
                        error -> assertThat(error).startsWith("slipstream.pattern: '(.+'"),
                        error -> assertThat(error).endsWith("an action without an event type"),
                        error ->
                            assertThat(error)
                                .isEqualTo(
                                    "slipstream.actions.Reboot: 'vm_restart' is none of vm_resize,"
                                        + " vm_remove, disk_attach, disk_detach"),
                        error ->
                            assertThat(error).isEqualTo("slipstream.actions.freeze: given twice"),
                        error -> assertThat(error).startsWith("slipstream.exit-code: 'lenient'"),
                        error -> assertThat(error).startsWith("slipstream.dir: 'relative'")));
  }

  @Test
  void refusesAPatternThatDoesNotGiveNodeAndId() {
    assertThat(
            SlipStreamSettings.read(
                true, DIRECTORY, Optional.of("(.+)"), Map.of(), Optional.empty(), true))
        .isEqualTo(
            new Reading.Wrong(
                List.of("slipstream.pattern: '(.+)' must have two groups, node and id")));
  }

  @Test
  void namesOfScriptsComeBackAsTheyWere() {
    ScalingScript file = new ScalingScript(SlipStreamHook.PRE_SCALE, "vm_resize", Optional.empty());
    ScalingScript sub =
        new ScalingScript(SlipStreamHook.ON_VM_REMOVE, "west", Optional.of("10-a.sh"));
    assertThat(file.name()).isEqualTo("slipstream/prescale/vm_resize");
    assertThat(sub.name()).isEqualTo("slipstream/onvmremove/west/10-a.sh");
    assertThat(sub.fileName()).isEqualTo("slipstream.onvmremove.west.10-a.sh");
    assertThat(ScalingScript.of(file.name())).contains(file);
    assertThat(ScalingScript.of(sub.name())).contains(sub);
    for (String other :
        new String[] {
          "10-a",
          "slipstream",
          "slipstream/prescale",
          "slipstream/prescale/",
          "slipstream/other/vm_resize",
          "slipstream/prescale/vm_resize/a/b",
          "bosh/prescale/vm_resize"
        }) {
      assertThat(ScalingScript.of(other)).as(other).isEmpty();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScalingScript(SlipStreamHook.ON_VM_ADD, "a/b", Optional.empty()));
  }
}
