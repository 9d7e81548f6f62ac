package io.drainwatch.watcher.configuration;

import static io.drainwatch.watcher.configuration.Readings.good;
import static io.drainwatch.watcher.configuration.Readings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class SettingsPropertyTest {
  private static final List<String> KEYS = new ArrayList<>(SettingsReader.knownKeys().all());

  @Property(tries = 1000)
  void neverThrowsWhateverTheValues(@ForAll("configurations") Map<String, Object> values) {
    Reading reading = SettingsReader.read(values);

    if (reading instanceof Reading.Read read) {
      assertThatCode(read.settings()::lifecycle).doesNotThrowAnyException();
      Map<String, Object> printed = new HashMap<>(values);
      printed.keySet().removeIf(SettingsPropertyTest::isNotPrinted);
      assertThat(settings(read.settings().toMap())).isEqualTo(settings(printed));
    }
  }

  /** Sinks and headers have secrets. */
  private static boolean isNotPrinted(String key) {
    return key.startsWith("drainwatch.notifications.sinks")
        || key.startsWith("drainwatch.tracing.headers");
  }

  @Property(tries = 500)
  void neverThrowsWhateverTheEnvironment(@ForAll("environments") Map<String, String> environment) {
    Properties system = new Properties();
    environment.forEach((name, value) -> system.setProperty("drainwatch." + name, value));

    assertThatCode(() -> LoadedSettings.load(Optional.empty(), environment, system))
        .doesNotThrowAnyException();
  }

  @Property(tries = 500)
  void neverPrintsASecret(@ForAll("keys") String key) {
    Map<String, Object> values =
        Map.of(
            key + ".token", "hunter2", "drainwatch.password", "hunter2", key, "http://a:hunter2@b");

    if (SettingsReader.read(values) instanceof Reading.Faults faults) {
      assertThat(faults.message()).doesNotContain("hunter2");
    }
  }

  @Example
  void printsWhatReadsBackTheSame() throws Exception {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("drainwatch.vm-name", "vm_0");
    values.put("drainwatch.notifications.give-up-after", "2m");
    values.put("drainwatch.tracing.enabled", true);
    values.put("drainwatch.tracing.endpoint", "https://collector.example/traces");
    values.put("drainwatch.tracing.timeout", "3s");
    values.put("drainwatch.tracing.proxy", "http://proxy.example:3128");
    values.put("drainwatch.tracing.ca-file", "/etc/ssl/ours.pem");
    values.put("drainwatch.metadata.timeout", "1500ms");
    values.put("drainwatch.hooks.drain.timeout", "90s");
    values.put("drainwatch.context.jobs", List.of("etcd", "kubelet"));
    values.put("drainwatch.windows.night.from", "22:00");
    values.put("drainwatch.windows.night.days", "Mon,Tue");
    values.put("drainwatch.windows.night.except", "2026-12-24");
    values.put("drainwatch.policy", List.of(Map.of("type", "Reboot", "window", "night")));
    values.put("drainwatch.bosh.enabled", true);
    values.put("drainwatch.bosh.jobs", List.of("web", "db"));
    values.put("drainwatch.bosh.skip-drain", "*");
    values.put("drainwatch.bosh.checks", "off");
    values.put("drainwatch.bosh.exit-code", "agent");
    values.put("drainwatch.bosh.max-sleep", "7d");
    values.put("drainwatch.bosh.drain-variables", false);
    values.put("drainwatch.bosh.stop", List.of("/bin/monit  stop, all", "/bin/true"));
    values.put("drainwatch.bosh.start", "/bin/monit start");
    values.put("drainwatch.slipstream.enabled", true);
    values.put("drainwatch.slipstream.dir", "/srv/hooks");
    values.put("drainwatch.slipstream.pattern", "(.+)-([0-9]{1,3})");
    values.put(
        "drainwatch.slipstream.actions",
        Map.of("Redeploy", "vm_remove", "new-type", "disk_attach"));
    values.put("drainwatch.slipstream.exit-code", "ignore");
    values.put("drainwatch.slipstream.drain-variables", false);
    values.put("drainwatch.compat.drainsafe", "read");
    values.put("drainwatch.compat.drainsafe-grace", true);
    values.put(
        "drainwatch.kubernetes.pod-rules",
        List.of(
            Map.of("labels", "a=b, c notin (d, e),!f", "owners", "Job.batch", "behaviour", "hold"),
            Map.of("name", "late", "namespaces", List.of("shop"), "order", 9)));
    DrainwatchSettings settings = settings(values);

    ObjectMapper json = new ObjectMapper();
    Map<?, ?> back = json.readValue(json.writeValueAsString(settings.toMap()), Map.class);
    Map<String, Object> again = new LinkedHashMap<>();
    back.forEach((key, value) -> again.put(key.toString(), value));

    assertThat(good(SettingsReader.read(again)).settings()).isEqualTo(settings);
  }

  @Example
  void printsNoSecretOfTraces() {
    String printed =
        settings(
                Map.of(
                    "drainwatch.tracing.endpoint",
                    "https://collector.example/traces?key=hunter2",
                    "drainwatch.tracing.headers",
                    List.of(Map.of("name", "Authorization", "value", "hunter2"))))
            .toMap()
            .toString();
    assertThat(printed).contains("tracing").doesNotContain("hunter2", "Authorization");
  }

  @Provide
  Arbitrary<Map<String, Object>> configurations() {
    return Arbitraries.maps(keys(), values()).ofMaxSize(12);
  }

  @Provide
  Arbitrary<Map<String, String>> environments() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of(KEYS).map(VariableNames::of),
            Arbitraries.strings()
                .withChars("ABCX_019.-")
                .ofMaxLength(12)
                .map("DRAINWATCH_"::concat));
    return Arbitraries.maps(names, texts()).ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.of(KEYS)),
        Tuple.of(1, Arbitraries.strings().ofMaxLength(20)),
        Tuple.of(
            1,
            Arbitraries.strings()
                .withChars("ab.[]0129-_$")
                .ofMaxLength(15)
                .map("drainwatch."::concat)));
  }

  private Arbitrary<Object> values() {
    return Arbitraries.oneOf(
        texts().asGeneric(),
        Arbitraries.integers().asGeneric(),
        Arbitraries.doubles().asGeneric(),
        Arbitraries.of(true, false).asGeneric(),
        Arbitraries.just(new Object()),
        texts().list().ofMaxSize(3).asGeneric(),
        Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), texts()).ofMaxSize(2).asGeneric());
  }

  private Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(20),
        Arbitraries.of(
            "5s",
            "2m",
            "PT1S",
            "999999999999999999d",
            "true",
            "never",
            "drain",
            "cordon",
            "after-drain",
            "22:00",
            "06:00",
            "Mon",
            "Mon,Sun",
            "Europe/Zurich",
            "2026-12-24",
            "/a",
            "/a,/b",
            "/bin/true a  b",
            "a in (b,c),!d",
            "skip",
            "*",
            "agent",
            "vm_resize",
            "(.)(.)",
            "\\p",
            "off",
            "night",
            "http://127.0.0.1:1",
            "2020-07-01",
            "0",
            "-1",
            "1",
            "Reboot",
            "any",
            "${A}",
            "${",
            "${:}",
            "${}",
            "${a:`}",
            "\u0000",
            "\uD800"));
  }
}
