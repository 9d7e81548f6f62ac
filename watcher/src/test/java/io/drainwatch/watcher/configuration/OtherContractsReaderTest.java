package io.drainwatch.watcher.configuration;

import static io.drainwatch.watcher.configuration.Readings.faults;
import static io.drainwatch.watcher.configuration.Readings.onlyFault;
import static io.drainwatch.watcher.configuration.Readings.remarks;
import static io.drainwatch.watcher.configuration.Readings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.ExitCodeRule;
import io.drainwatch.drainer.drainsafe.DrainSafeMode;
import io.drainwatch.drainer.slipstream.ScalingExitCode;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code drainwatch.bosh.*}, {@code slipstream.*} and {@code compat.*}. */
class OtherContractsReaderTest {

  @Test
  void readsBoshMode() {
    DrainwatchSettings.Bosh bosh =
        settings(
                Map.of(
                    "drainwatch.bosh.enabled", true,
                    "drainwatch.bosh.base", "/srv/vcap",
                    "drainwatch.bosh.skip-drain", "*",
                    "drainwatch.bosh.exit-code", "agent",
                    "drainwatch.bosh.max-sleep", "2h",
                    "drainwatch.bosh.stop", List.of("/usr/bin/monit  stop all")))
            .bosh();
    BoshSettings off = BoshSettings.off();
    assertThat(bosh.mode())
        .isEqualTo(
            new BoshSettings(
                true,
                Path.of("/srv/vcap"),
                List.of(),
                List.of("*"),
                true,
                ExitCodeRule.AGENT,
                Duration.ofHours(2),
                true,
                List.of(List.of("/usr/bin/monit", "stop", "all")),
                List.of(),
                off.commandLimit()));
  }

  @ParameterizedTest
  @CsvSource({
    "drainwatch.bosh.base,vcap",
    "drainwatch.bosh.jobs,a/b",
    "drainwatch.bosh.jobs,*",
    "drainwatch.bosh.jobs,..",
    "drainwatch.bosh.skip-drain,a b",
    "drainwatch.bosh.exit-code,loose",
    "drainwatch.bosh.max-sleep,8d",
    "drainwatch.bosh.stop,monit stop all",
    "drainwatch.bosh.stop,/",
    "drainwatch.bosh.start,\"/bin/sh -c 'monit start'\"",
    "drainwatch.bosh.checks,owner",
    "drainwatch.slipstream.dir,slipstream",
    "drainwatch.slipstream.pattern,(.+)",
    "drainwatch.slipstream.pattern,(",
    "drainwatch.slipstream.exit-code,loose",
    "drainwatch.slipstream.actions.Reboot,vm_reboot",
    "drainwatch.slipstream.actions.Re boot,vm_resize",
    "drainwatch.slipstream.actions.Reboot[0],vm_resize",
    "drainwatch.slipstream.actions.Reboot.after,vm_resize",
    "drainwatch.slipstream.actions,vm_resize",
    "drainwatch.compat.drainsafe,maybe"
  })
  void refusesWhatTheOtherContractsCannotBe(String key, String value) {
    assertThat(onlyFault(Map.of(key, value)).key()).isEqualTo(key);
  }

  @Test
  void saysWhatIsWrongWithTheOtherContractsAsWithAnyKey() {
    Map<String, Given> given =
        Map.of(
            "drainwatch.slipstream.pattern",
            new Given("(.+)", "/etc/drainwatch/drainwatch.yml line 7"));
    assertThat(Readings.faults(SettingsReader.readGiven(given)).getFirst())
        .hasToString(
            "drainwatch.slipstream.pattern = (.+) (/etc/drainwatch/drainwatch.yml line 7):"
                + " must have two groups, node and id");
    assertThat(
            faults(
                Map.of(
                    "drainwatch.slipstream.actions", Map.of("Reboot", "x", "reboot", "vm_resize"),
                    "drainwatch.slipstream.pattern", "(",
                    "drainwatch.slipstream.exit-code", "x",
                    "drainwatch.bosh.max-sleep", "8d",
                    "drainwatch.compat.drainsafe", "x")))
        .extracting(Fault::key)
        .containsExactlyInAnyOrder(
            "drainwatch.slipstream.actions.Reboot",
            "drainwatch.slipstream.pattern",
            "drainwatch.slipstream.exit-code",
            "drainwatch.bosh.max-sleep",
            "drainwatch.compat.drainsafe");
    assertThat(
            onlyFault(
                    Map.of(
                        "drainwatch.slipstream.actions",
                        Map.of("Reboot", "vm_remove", "reboot", "vm_resize")))
                .reason())
        .isEqualTo("given twice");
  }

  @Test
  void remarksOnAContractThatIsConfiguredAndOff() {
    assertThat(remarks(Map.of("drainwatch.bosh.jobs", "web")).getFirst())
        .contains("bosh.enabled is false");
    assertThat(remarks(Map.of("drainwatch.bosh.redeploy", "keep"))).isEmpty();
    assertThat(remarks(Map.of("drainwatch.slipstream.exit-code", "ignore")).getFirst())
        .contains("slipstream.enabled is false");
    assertThat(remarks(Map.of("drainwatch.bosh.enabled", true, "drainwatch.bosh.jobs", "web")))
        .isEmpty();
    assertThat(remarks(Map.of("drainwatch.bosh.enabled", true, "drainwatch.bosh.checks", "off")))
        .singleElement()
        .asString()
        .contains("checks is off");
  }

  @Test
  void readsSlipStreamMode() {
    SlipStreamSettings slipstream =
        settings(
                Map.of(
                    "drainwatch.slipstream.enabled",
                    true,
                    "drainwatch.slipstream.dir",
                    "/srv/hooks",
                    "drainwatch.slipstream.exit-code",
                    "ignore",
                    "drainwatch.slipstream.actions",
                    Map.of("Redeploy", "vm_remove")))
            .slipstream();
    assertThat(slipstream.on()).isTrue();
    assertThat(slipstream.directory()).isEqualTo(Path.of("/srv/hooks"));
    assertThat(slipstream.exitCode()).isEqualTo(ScalingExitCode.IGNORE);
    assertThat(slipstream.actions().words()).containsExactly(entry("redeploy", "vm_remove"));
  }

  @ParameterizedTest
  @CsvSource({"true,WRITE", "write,WRITE", "read,READ", "off,OFF", "false,OFF"})
  void readsDrainSafesModeAsWordOrTruth(String text, DrainSafeMode mode) {
    Map<String, Object> values = Map.of("drainwatch.compat.drainsafe", text);
    assertThat(settings(values).compat().drainsafe()).isEqualTo(mode);
    assertThat(remarks(values).stream().anyMatch(remark -> remark.contains("no effect")))
        .isEqualTo(mode != DrainSafeMode.OFF);
  }
}
