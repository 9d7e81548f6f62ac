package io.drainwatch.watcher.configuration;

import static io.drainwatch.watcher.configuration.Readings.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class ShippedFileTest {
  private static final Path SHIPPED = Path.of("../config/drainwatch.yml");

  @TempDir Path directory;

  @Test
  void readsTheShippedFileAsTheDefaults() {
    Reading.Read read =
        good(LoadedSettings.load(Optional.of(SHIPPED), Map.of(), new Properties()).reading());

    assertThat(read.settings()).isEqualTo(DrainwatchSettings.defaults());
    assertThat(read.remarks()).noneMatch(remark -> !remark.contains("can be written by"));
  }

  @Test
  void everyKeyStandsInTheShippedFileAndEveryKeyInItIsKnown() throws IOException {
    Set<String> known = new HashSet<>();
    SettingsReader.knownKeys().all().forEach(key -> known.add(template(key)));

    Set<String> written = new HashSet<>();
    YamlFile.read(SHIPPED).given().keySet().forEach(key -> written.add(template(key)));
    YamlFile.Content examples = YamlFile.read(withExamples());
    examples.given().keySet().forEach(key -> written.add(template(key)));
    written.remove("drainwatch.windows");
    written.remove("drainwatch.slipstream.actions");

    assertThat(examples.faults()).isEmpty();
    assertThat(written).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void theExamplesOfTheShippedFileWorkWhenSwitchedOn() throws IOException {
    DrainwatchSettings settings =
        good(LoadedSettings.load(Optional.of(withExamples()), Map.of(), new Properties()).reading())
            .settings();

    assertThat(settings.policy().rules()).hasSize(2);
    assertThat(settings.kubernetes().podRules()).hasSize(1);
    assertThat(settings.notifications().sinks()).hasSize(1);
    assertThat(settings.windows()).containsOnlyKeys("night");
    assertThat(settings.slipstream().actions().words())
        .containsOnly(entry("redeploy", "vm_remove"));
  }

  @Test
  void everyKeyOfTheShippedFileHasARemarkOverIt() throws IOException {
    List<String> lines = Files.readAllLines(SHIPPED);
    for (int i = 1; i < lines.size(); i++) {
      boolean isSetting = lines.get(i).matches(" +#?(- )?[a-z-]+: *[^ ].*");
      boolean isSecondForm =
          lines.get(i - 1).matches(" +#?[a-z-]+: .*|.*\\[\\]|.*\\{\\}|.*#night:|.*#- type.*");
      if (isSetting && !isSecondForm) {
        assertThat(lines.get(i - 1)).as("above line %d: %s", i + 1, lines.get(i)).matches(" +# .*");
      }
    }
  }

  @Test
  void theFrameworkListensWhereTheSettingsSay() throws IOException {
    try (var resource = getClass().getResourceAsStream("/application.yml")) {
      Map<String, Map<String, Map<String, Object>>> yaml = new Yaml().load(resource);
      Map<String, Object> server = yaml.get("micronaut").get("server");

      assertThat(server)
          .containsEntry("host", DrainwatchSettings.Server.DEFAULT_HOST)
          .containsEntry("port", DrainwatchSettings.Server.DEFAULT_PORT);
    }
  }

  /** With every `#key:` switched on in place of the empty list or section before it. */
  private Path withExamples() throws IOException {
    String text =
        Files.readAllLines(SHIPPED).stream()
            .filter(
                line ->
                    !line.matches(
                        " +((policy|pod-rules|sinks): \\[\\]|windows: \\{\\}|actions: \\{\\})"))
            .map(line -> line.replaceFirst("^( *)#(?=[^ ])", "$1"))
            .collect(Collectors.joining("\n"));
    return Files.writeString(directory.resolve("examples.yml"), text);
  }

  private static String template(String key) {
    return key.replaceFirst("drainwatch\\.windows\\.(night|any)", "drainwatch.windows.*")
        .replaceFirst("slipstream\\.actions\\.(Redeploy|any)", "slipstream.actions.*")
        .replaceAll("\\[[0-9]+\\]$", "")
        .replaceAll("(policy|pod-rules|sinks|headers)\\[[0-9]+\\]", "$1[]");
  }
}
