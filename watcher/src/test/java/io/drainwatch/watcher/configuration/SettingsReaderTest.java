package io.drainwatch.watcher.configuration;

import static io.drainwatch.watcher.configuration.Readings.faults;
import static io.drainwatch.watcher.configuration.Readings.onlyFault;
import static io.drainwatch.watcher.configuration.Readings.remarks;
import static io.drainwatch.watcher.configuration.Readings.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.DryRun;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.OnFailure;
import io.drainwatch.drainer.maintenance.SharedAcknowledgement;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

  @Test
  void namesAllFaultsAtOnce() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("drainwatch.metadata.poll-interval", "10ms");
    values.put("drainwatch.metadata.url", "https://169.254.169.254");
    values.put("drainwatch.state-dir", "var/lib");
    values.put("drainwatch.policy", List.of(Map.of("type", "Freeze", "action", "drian")));
    values.put("drainwatch.hooks.post-stop.on-failure", "continue");
    values.put("drainwatch.dryrun", "true");

    assertThat(faults(values))
        .extracting(Fault::key)
        .containsExactly(
            "drainwatch.metadata.url",
            "drainwatch.metadata.poll-interval",
            "drainwatch.state-dir",
            "drainwatch.policy[0].action",
            "drainwatch.hooks.post-stop.on-failure",
            "drainwatch.dryrun");
  }

  @Test
  void saysKeyValueReasonAndOrigin() {
    var given =
        Map.of("drainwatch.hooks.recall", new Given("0s", "environment variable DRAINWATCH_X"));

    assertThat(Readings.faults(SettingsReader.readGiven(given)).getFirst())
        .hasToString(
            "drainwatch.hooks.recall = 0s (environment variable DRAINWATCH_X): must be 1s to 1h");
  }

  @Test
  void nothingGivenGivesTheSafeDefaults() {
    DrainwatchSettings settings = settings(Map.of());

    assertThat(settings.shared()).isEqualTo(SharedAcknowledgement.NEVER);
    assertThat(settings.policy().rules()).isEmpty();
    assertThat(settings.metadata().url()).isEqualTo(URI.create("http://169.254.169.254"));
    assertThat(settings.metadata().pollInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.metadata().firstTimeout()).isEqualTo(Duration.ofSeconds(150));
    assertThat(settings.metadata().connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.metadata().timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.hooks().of(Hook.DRAIN).timeout()).isEmpty();
    assertThat(settings.hooks().of(Hook.STARTED).timeout()).contains(Duration.ofSeconds(600));
    assertThat(settings.server()).isEqualTo(new DrainwatchSettings.Server("127.0.0.1", 9797));
    assertThat(settings).isEqualTo(DrainwatchSettings.defaults());
    assertThat(remarks(Map.of())).isEmpty();
  }

  @Test
  void givesTheCoreItsOwnDefaults() {
    LifecycleSettings core = DrainwatchSettings.defaults().lifecycle();

    assertThat(core)
        .usingRecursiveComparison()
        .ignoringFields("windows")
        .isEqualTo(LifecycleSettings.defaults());
  }

  @Test
  void givesTheCoreWhatDiffers() {
    LifecycleSettings core =
        settings(
                Map.of(
                    "drainwatch.hooks.drain.timeout", "5m",
                    "drainwatch.hooks.running.on-failure", "continue",
                    "drainwatch.hooks.recall", "7s"))
            .lifecycle();

    assertThat(core.hooks().timeouts())
        .containsExactly(Map.entry(Hook.DRAIN, Duration.ofMinutes(5)));
    assertThat(core.hooks().onFailure())
        .containsExactly(Map.entry(Hook.RUNNING, OnFailure.CONTINUE));
    assertThat(core.hooks().recall()).isEqualTo(Duration.ofSeconds(7));
  }

  @ParameterizedTest(name = "dry-run {0}, hooks.dry-run {1} is {2}")
  @CsvSource({
    "false, none, OFF",
    "false, call, OFF",
    "true, none, REPORT",
    "true, call, CALL",
  })
  void joinsTheTwoDryRuns(String dryRun, String hooks, DryRun expected) {
    assertThat(
            settings(Map.of("drainwatch.dry-run", dryRun, "drainwatch.hooks.dry-run", hooks))
                .lifecycle()
                .dryRun())
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "500ms, PT0.5S",
    "5s, PT5S",
    "'5 s', PT5S",
    "PT1.5S, PT1.5S",
    "pt2s, PT2S",
  })
  void readsDurations(String text, Duration expected) {
    assertThat(
            settings(Map.of("drainwatch.metadata.poll-interval", text)).metadata().pollInterval())
        .isEqualTo(expected);
  }

  @Test
  void readsMinutes() {
    assertThat(settings(Map.of("drainwatch.hooks.recall", "1m")).hooks().recall())
        .isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest(name = "{0} is refused")
  @ValueSource(
      strings = {
        "5",
        "s",
        "5 minutes",
        "-5s",
        "1e3s",
        "5S",
        "1m30s",
        "٥s",
        "999999999999999999d",
        "P1Y",
        "0x5s",
        "99999999999999999999s"
      })
  void saysWhichDurationsAreAllowed(String text) {
    Fault fault = onlyFault(Map.of("drainwatch.metadata.poll-interval", text));

    assertThat(fault.reason()).contains("500ms, 5s, 2m, 1h").contains("ISO-8601");
  }

  @ParameterizedTest(name = "{0} = {1} is out of bounds")
  @CsvSource({
    "metadata.poll-interval, 199ms",
    "metadata.poll-interval, 61s",
    "metadata.poll-interval, PT-1S",
    "metadata.timeout, 0s",
    "metadata.connect-timeout, 0s",
    "metadata.first-timeout, 0s",
    "metadata.empty-run, 1s",
    "hooks.recall, 999ms",
    "hooks.drain.timeout, 0s",
    "history.entries, 0",
    "history.entries, many",
    "context.version, 2",
  })
  void refusesWhatIsOutOfBounds(String key, String value) {
    assertThat(faults(Map.of("drainwatch." + key, value)))
        .anySatisfy(fault -> assertThat(fault.key()).isEqualTo("drainwatch." + key));
  }

  @ParameterizedTest(name = "{0} is refused")
  @ValueSource(
      strings = {
        "https://169.254.169.254",
        "169.254.169.254",
        "http://",
        "http:///metadata",
        "http://host/metadata",
        "http://host?x=1",
        "http://host#x",
        "http://user:hunter2@host",
        "http://host:0",
        "http://host:70000",
        "http://ho st",
        "file:///etc/passwd"
      })
  void refusesAnythingButABareHttpUrl(String url) {
    Fault fault = onlyFault(Map.of("drainwatch.metadata.url", url));

    assertThat(fault.toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "http://127.0.0.1:8080/, http://127.0.0.1:8080",
    "HTTP://localhost, http://localhost",
    "http://[::1]:80, http://[::1]:80",
  })
  void takesTheBaseOfAUrl(String url, URI expected) {
    assertThat(settings(Map.of("drainwatch.metadata.url", url)).metadata().url())
        .isEqualTo(expected);
  }

  @Test
  void refusesTimeoutsThatContradictEachOther() {
    assertThat(
            faults(
                Map.of(
                    "drainwatch.metadata.connect-timeout", "20s",
                    "drainwatch.metadata.first-timeout", "5s")))
        .extracting(Fault::key)
        .containsExactly(
            "drainwatch.metadata.connect-timeout", "drainwatch.metadata.first-timeout");
  }

  @ParameterizedTest(name = "{0} takes {1}: {2}")
  @CsvSource({
    "cordon, stop, true",
    "cordon, continue, true",
    "cordon, retry, false",
    "post-stop, stop, true",
    "post-stop, continue, false",
    "running, retry, true",
    "running, stop, false",
    "started, stop, false",
    "started, continue, true",
  })
  void offersOnlyTheChoicesOfTheHook(String hook, String choice, boolean allowed) {
    Reading reading =
        SettingsReader.read(Map.of("drainwatch.hooks." + hook + ".on-failure", choice));

    assertThat(reading instanceof Reading.Read).isEqualTo(allowed);
    if (reading instanceof Reading.Faults(List<Fault> faults)) {
      assertThat(faults.getFirst().reason()).startsWith("must be one of ").doesNotContain(choice);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"hooks.d", "/", "/..", "~/hooks", ""})
  void wantsAbsoluteDirectories(String directory) {
    assertThat(faults(Map.of("drainwatch.hooks.directories", List.of(directory)))).hasSize(1);
  }

  @Test
  void readsListsInEveryForm() {
    List<Path> both = List.of(Path.of("/a"), Path.of("/b"));
    String key = "drainwatch.hooks.directories";

    assertThat(settings(Map.of(key, List.of("/a", "/b"))).hooks().directories()).isEqualTo(both);
    assertThat(settings(Map.of(key, "/a, /b")).hooks().directories()).isEqualTo(both);
    assertThat(settings(Map.of(key + "[1]", "/b", key + "[0]", "/a")).hooks().directories())
        .isEqualTo(both);
    assertThat(settings(Map.of(key + ".1", "/b", key + ".0", "/a")).hooks().directories())
        .isEqualTo(both);
    assertThat(settings(Map.of(key, List.of())).hooks().directories()).isEmpty();
    assertThat(onlyFault(Map.of(key + "[0]", "/a", key + "[2]", "/b")).reason())
        .contains("without a gap");
    assertThat(faults(Map.of(key, "/a", key + "[0]", "/b")).getFirst().reason())
        .contains("one of the two");
    assertThat(onlyFault(Map.of(key, "/a,,/b")).reason()).contains("empty");
    assertThat(onlyFault(Map.of(key, "/a,/a")).reason()).contains("twice");
  }

  @Test
  void refusesWrongTypes() {
    assertThat(onlyFault(Map.of("drainwatch.dry-run", List.of())).reason())
        .isEqualTo("one value is expected");
    assertThat(onlyFault(Map.of("drainwatch.dry-run", "perhaps")).reason())
        .contains("true or false");
    assertThat(onlyFault(Map.of("drainwatch.metadata", "x")).reason())
        .contains("is a section")
        .contains("poll-interval");
    assertThat(onlyFault(Map.of("drainwatch.dry-run", Map.of("a", "b"))).reason())
        .contains("takes a value");
    assertThat(onlyFault(Map.of("drainwatch.policy", "Freeze")).reason())
        .isEqualTo("a list of rules is expected");
    assertThat(faults(Map.of("drainwatch.policy", List.of("Freeze"))).getLast().reason())
        .contains("is a section");
    assertThat(onlyFault(Map.of("drainwatch.windows.night", "22:00-06:00")).reason())
        .contains("is a section")
        .contains("from");
  }

  @Test
  void aKeyWithoutAValueSaysNothing() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("drainwatch.vm-name", null);
    values.put("drainwatch.metadata", null);
    values.put("drainwatch.windows", Map.of());
    values.put("drainwatch.context.jobs", "");

    assertThat(settings(values)).isEqualTo(DrainwatchSettings.defaults());
  }

  @Test
  void leavesTheFrameworksKeysAlone() {
    assertThat(
            settings(
                    Map.of(
                        "micronaut.server.netty.worker.threads", 3,
                        "endpoints.health.enabled", true,
                        "micronaut.server.port", 8080))
                .server()
                .port())
        .isEqualTo(8080);
    assertThat(onlyFault(Map.of("micronaut.server.port", "http")).key())
        .isEqualTo("micronaut.server.port");
  }

  @Test
  void remarksOnWhatMayNotBeMeant() {
    assertThat(remarks(Map.of("micronaut.server.host", "0.0.0.0"))).hasSize(1);
    assertThat(remarks(Map.of("drainwatch.metadata.url", "http://127.0.0.1:1"))).hasSize(1);
    assertThat(remarks(Map.of("drainwatch.metadata.poll-interval", "10s"))).hasSize(1);
    assertThat(remarks(Map.of("drainwatch.hooks.env-drop", List.of()))).hasSize(1);
    assertThat(remarks(Map.of("drainwatch.hooks.dry-run", "call"))).hasSize(1);
  }

  @Test
  void looksOnWhereAnotherToolActs() {
    String mode = "drainwatch.kubernetes.mode";
    String form = "drainwatch.kubernetes.form";

    assertThat(settings(Map.of()).lifecycle().policy().looksOn()).isFalse();
    assertThat(settings(Map.of(form, "agent")).lifecycle().policy().looksOn()).isFalse();
    for (String each : List.of("observe", "condition")) {
      assertThat(settings(Map.of(form, "agent", mode, each)).lifecycle().policy().looksOn())
          .isTrue();
      assertThat(settings(Map.of(form, "controller", mode, each)).lifecycle().policy().looksOn())
          .isTrue();
      assertThat(settings(Map.of(mode, each)).lifecycle().policy().looksOn())
          .as("a plain VM")
          .isFalse();
    }
    assertThat(
            onlyFault(
                    Map.of(
                        form,
                        "agent",
                        mode,
                        "condition",
                        "drainwatch.kubernetes.conditions",
                        false))
                .toString())
        .contains("would write nothing");
  }
}
