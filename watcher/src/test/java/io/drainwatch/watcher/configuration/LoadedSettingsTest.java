package io.drainwatch.watcher.configuration;

import static io.drainwatch.watcher.configuration.Readings.faults;
import static io.drainwatch.watcher.configuration.Readings.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drainwatch.drainer.drainsafe.DrainSafeMode;
import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.watcher.notify.SinkSettings;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadedSettingsTest {
  @TempDir Path directory;

  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Properties system = new Properties();
  private Optional<Path> file = Optional.empty();

  @Test
  void readsTheEnvironmentAsMicronautSpellsIt() {
    environment.put("DRAINWATCH_METADATA_URL", "http://127.0.0.1:8080");
    environment.put("DRAINWATCH_METADATA_POLL_INTERVAL", "2s");
    environment.put("DRAINWATCH_DRY_RUN", "true");
    environment.put("DRAINWATCH_HOOKS_PRE_STOP_ON_FAILURE", "continue");
    environment.put("DRAINWATCH_CONTEXT_DEPLOYMENT_NEXT_STATE", "deleted");
    environment.put("MICRONAUT_SERVER_PORT", "8081");

    DrainwatchSettings settings = settings();

    assertThat(settings.metadata().url()).hasToString("http://127.0.0.1:8080");
    assertThat(settings.metadata().pollInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.dryRun()).isTrue();
    assertThat(settings.context().deploymentNextState())
        .isEqualTo(DrainContextSettings.DeploymentNextState.DELETED);
    assertThat(settings.server().port()).isEqualTo(8081);
  }

  @Test
  void everyKeyHasAVariableOfItsOwn() {
    KnownKeys known = SettingsReader.knownKeys();
    VariableNames names = new VariableNames(known);

    assertThat(known.all()).hasSizeGreaterThan(70);
    assertThat(known.all().stream().map(VariableNames::of)).doesNotHaveDuplicates();
    assertThat(known.all())
        .allSatisfy(key -> assertThat(names.keyOf(VariableNames.of(key))).contains(key));
  }

  @Test
  void readsListsOfTheEnvironmentInBothForms() {
    environment.put("DRAINWATCH_HOOKS_DIRECTORIES", "/a,/b");
    environment.put("DRAINWATCH_HOOKS_ENV_DROP_0", "*KEY*");
    environment.put("DRAINWATCH_HOOKS_ENV_DROP_1", "AZURE_*");

    assertThat(settings().hooks().directories()).containsExactly(Path.of("/a"), Path.of("/b"));
    assertThat(settings().hooks().envDrop()).containsExactly("*KEY*", "AZURE_*");
  }

  @Test
  void readsPolicyAndWindowsFromTheEnvironment() {
    environment.put("DRAINWATCH_POLICY_0_TYPES", "Reboot,Redeploy");
    environment.put("DRAINWATCH_POLICY_0_START_BEFORE", "1h");
    environment.put("DRAINWATCH_POLICY_0_WINDOW", "every-night");
    environment.put("DRAINWATCH_POLICY_1_TYPE", "Freeze");
    environment.put("DRAINWATCH_POLICY_1_ACKNOWLEDGE", "never");
    environment.put("DRAINWATCH_WINDOWS_EVERY_NIGHT_FROM", "22:00");
    environment.put("DRAINWATCH_WINDOWS_EVERY_NIGHT_DAYS_0", "Fri");
    environment.put("DRAINWATCH_WINDOWS_EVERY_NIGHT_DAYS_1", "Sat");

    DrainwatchSettings settings = settings();

    assertThat(settings.policy().rules()).hasSize(2);
    assertThat(settings.policy().rules().getFirst().types()).containsExactly("Reboot", "Redeploy");
    assertThat(settings.policy().rules().getLast().acknowledge()).contains(AcknowledgeWhen.NEVER);
    assertThat(settings.windows().get("every-night").days()).hasSize(2);
  }

  @Test
  void readsSeveralSinksAndHeadersFromTheEnvironment() {
    for (int i = 0; i < 2; i++) {
      String sink = "DRAINWATCH_NOTIFICATIONS_SINKS_" + i + "_";
      environment.put(sink + "NAME", "sink-" + i);
      environment.put(sink + "TYPE", "slack");
      environment.put(sink + "URL_FILE", "/run/secrets/url-" + i);
      for (int header = 0; header < 2; header++) {
        environment.put(sink + "HEADERS_" + header + "_NAME", "X-" + header);
        environment.put(sink + "HEADERS_" + header + "_VALUE_FILE", "/run/secrets/" + header);
      }
    }

    assertThat(settings().notifications().sinks())
        .extracting(SinkSettings::name)
        .containsExactly("sink-0", "sink-1");
    assertThat(settings().notifications().sinks())
        .allSatisfy(sink -> assertThat(sink.headers()).hasSize(2));
  }

  @Test
  void readsBoshSlipStreamAndDrainSafeFromTheEnvironment() throws IOException {
    write(
        """
        drainwatch:
          slipstream:
            actions: {Reboot: vm_remove, Redeploy: vm_remove}
          bosh:
            stop: [/bin/a, /bin/b]
            checks: off
          compat:
            drainsafe: off
        """);
    environment.put("DRAINWATCH_BOSH_ENABLED", "true");
    environment.put("DRAINWATCH_BOSH_SKIP_DRAIN", "web,db");
    environment.put("DRAINWATCH_BOSH_STOP_0", "/bin/monit stop all");
    environment.put("DRAINWATCH_SLIPSTREAM_ENABLED", "on");
    environment.put("DRAINWATCH_SLIPSTREAM_ACTIONS_REBOOT", "disk_detach");
    environment.put("DRAINWATCH_COMPAT_DRAINSAFE", "true");
    environment.put("DRAINWATCH_COMPAT_DRAINSAFE_GRACE", "true");

    DrainwatchSettings settings = settings();

    assertThat(settings.bosh().mode().enabled()).isTrue();
    assertThat(settings.bosh().mode().checks()).isFalse();
    assertThat(settings.bosh().mode().skipDrain()).containsExactly("web", "db");
    assertThat(settings.bosh().mode().stop()).containsExactly(List.of("/bin/monit", "stop", "all"));
    assertThat(settings.slipstream().on()).isTrue();
    assertThat(settings.slipstream().actions().words())
        .containsExactly(Map.entry("reboot", "disk_detach"), Map.entry("redeploy", "vm_remove"));
    assertThat(settings.compat().drainsafe()).isEqualTo(DrainSafeMode.WRITE);
    assertThat(settings.compat().drainsafeGrace()).isTrue();
  }

  @Test
  void refusesAVariableThatIsNoKey() {
    environment.put("DRAINWATCH_DRYRUN", "true");

    assertThat(faults(load().reading()))
        .singleElement()
        .hasToString(
            "DRAINWATCH_DRYRUN = true (environment variable DRAINWATCH_DRYRUN):"
                + " unknown key; did you mean DRAINWATCH_DRY_RUN?");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "DRAINWATCH_HOME, /usr/lib/drainwatch",
    "DRAINWATCH_JAVA_OPTS, -Xmx64m",
    "DRAINWATCH_JAVA_HOME, /opt/java",
    "DRAINWATCH_JVM_ROOTS, /opt/jvm:/usr/lib/jvm",
    "DRAINWATCH_SERVICE_HOST, 10.0.0.1",
    "DRAINWATCH_SERVICE_PORT, 9797",
    "DRAINWATCH_SERVICE_PORT_HTTP, 9797",
    "DRAINWATCH_PORT, tcp://10.0.0.1:9797",
    "DRAINWATCH_DRAINER_PORT_9797_TCP_ADDR, 10.0.0.1",
    "DRAINWATCH_DRAINER_SERVICE_HOST, 10.0.0.1",
    "DRAINWATCH_VM_NAME, ''",
    "PATH, /bin",
  })
  void leavesForeignVariablesAlone(String name, String value) {
    environment.put(name, value);

    assertThat(settings()).isEqualTo(DrainwatchSettings.defaults());
  }

  @Test
  void systemOutranksEnvironmentOutranksFile() throws IOException {
    write(
        """
        drainwatch:
          history: {entries: 1}
          dry-run: true
          vm-name: file
        """);
    environment.put("DRAINWATCH_HISTORY_ENTRIES", "2");
    environment.put("DRAINWATCH_VM_NAME", "environment");
    system.setProperty("drainwatch.history.entries", "3");

    DrainwatchSettings settings = settings();

    assertThat(settings.history().entries()).isEqualTo(3);
    assertThat(settings.vmName()).contains("environment");
    assertThat(settings.dryRun()).isTrue();
  }

  @Test
  void takesAListFromOneSourceAlone() throws IOException {
    write(
        """
        drainwatch:
          hooks:
            directories: [/file/a, /file/b]
          policy:
            - {type: Reboot, action: cordon}
            - {type: Redeploy, action: drain}
        """);
    environment.put("DRAINWATCH_HOOKS_DIRECTORIES_0", "/environment");
    system.setProperty("drainwatch.policy[0].type", "Freeze");
    system.setProperty("drainwatch.policy[0].action", "ignore");

    Reading.Read read = good(load().reading());

    assertThat(read.settings().hooks().directories()).containsExactly(Path.of("/environment"));
    assertThat(read.settings().policy().rules())
        .singleElement()
        .satisfies(rule -> assertThat(rule.types()).containsExactly("Freeze"));
    assertThat(read.remarks()).anyMatch(remark -> remark.contains("policy of the file"));
  }

  @Test
  void contextAndSettingsAgree() throws IOException {
    write(
        """
        drainwatch:
          history: {entries: 7}
        micronaut:
          server: {port: 8001, host: 127.0.0.2}
        endpoints.health.enabled: true
        """);
    environment.put("MICRONAUT_SERVER_PORT", "8002");
    environment.put("DRAINWATCH_METADATA_TIMEOUT", "9s");
    system.setProperty("micronaut.application.name", "other");

    LoadedSettings loaded = load();
    try (ApplicationContext context = loaded.applyTo(ApplicationContext.builder()).start()) {
      DrainwatchSettings settings = context.getBean(DrainwatchSettings.class);

      assertThat(settings).isEqualTo(good(loaded.reading()).settings());
      assertThat(settings.server().port()).isEqualTo(8002);
      assertThat(context.getProperty("micronaut.server.port", Integer.class)).contains(8002);
      assertThat(context.getProperty("micronaut.server.host", String.class)).contains("127.0.0.2");
      assertThat(context.getProperty("micronaut.application.name", String.class)).contains("other");
      assertThat(context.getProperty("endpoints.all.enabled", Boolean.class)).contains(false);
      assertThat(context.getProperty("endpoints.health.enabled", Boolean.class)).contains(true);
      assertThat(context.getProperty("drainwatch.history.entries", Integer.class)).contains(7);
      assertThat(context.getProperty("drainwatch.metadata.timeout", String.class)).contains("9s");
      assertThat(context.getProperty("drainwatch.hooks.directories", String[].class))
          .contains(new String[] {"/etc/drainwatch/hooks.d", "/usr/lib/drainwatch/hooks.d"});
    }
  }

  @Test
  void startsNoContextWithFaults() {
    environment.put("DRAINWATCH_DRY_RUN", "perhaps");

    assertThatThrownBy(() -> load().applyTo(ApplicationContext.builder()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("drainwatch.dry-run = perhaps");
  }

  @Test
  void defaultsOnTimeoutsFollowTheOneThatIsGiven() {
    environment.put("DRAINWATCH_METADATA_TIMEOUT", "1s");

    assertThat(settings().metadata().connectTimeout()).isEqualTo(Duration.ofSeconds(1));
  }

  private void write(String text) throws IOException {
    Path path = directory.resolve("drainwatch.yml");
    Files.writeString(path, text);
    if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    }
    file = Optional.of(path);
  }

  private LoadedSettings load() {
    return LoadedSettings.load(file, environment, system);
  }

  private DrainwatchSettings settings() {
    return good(load().reading()).settings();
  }
}
