package io.drainwatch.watcher.configuration;

import static io.drainwatch.watcher.configuration.Readings.faults;
import static io.drainwatch.watcher.configuration.Readings.good;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in the file: YAML as people write it, and each fault with its line. */
class SettingsFileTest {
  @TempDir Path directory;

  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Properties system = new Properties();
  private Optional<Path> file = Optional.empty();

  @Test
  void fillsInPlaceholders() throws IOException {
    write(
        """
        drainwatch:
          vm-name: ${NODE:none}-${SUFFIX}
          state-dir: ${BASE:`/srv/x`}
          history: {entries: "${count.of.all}"}
        """);
    environment.put("NODE", "node");
    environment.put("SUFFIX", "7");
    system.setProperty("count.of.all", "12");

    assertThat(settings().vmName()).contains("node-7");
    assertThat(settings().stateDir()).isEqualTo(Path.of("/srv/x"));
    assertThat(settings().history().entries()).isEqualTo(12);
  }

  @Test
  void refusesAPlaceholderForNothing() throws IOException {
    write("drainwatch.vm-name: ${NO_SUCH_VARIABLE_HERE}\n");

    assertThat(faults(load().reading()))
        .singleElement()
        .satisfies(fault -> assertThat(fault.reason()).contains("${NAME:default}"));
  }

  @Test
  void saysOnWhichLineAFaultIs() throws IOException {
    write(
        """
        drainwatch:
          metadata:
            timeout: never
          policy:
            - type: Reboot
              action: drane
        """);

    assertThat(faults(load().reading()))
        .extracting(Fault::origin)
        .containsExactly(file.orElseThrow() + " line 3", file.orElseThrow() + " line 6");
  }

  @Test
  void readsWhatYamlWouldTakeForANumberOrDateAsWritten() throws IOException {
    write(
        """
        drainwatch:
          metadata: {api-version: 2020-07-01}
          windows:
            night: {from: 22:00, to: 6:00, except: [2026-12-24]}
        """);

    // 22:00 is the number 1320 in YAML 1.1; 6:00 lacks its zero and is said to
    assertThat(faults(load().reading()))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.key()).isEqualTo("drainwatch.windows.night.to");
              assertThat(fault.value()).isEqualTo("6:00");
            });
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "'drainwatch:\n  dry-run: [true', line 2: not valid YAML",
    "'drainwatch:\n\tdry-run: true', line 2: not valid YAML",
    "'- a\n- b', line 1: keys with values are expected",
    "'just text', line 1: keys with values are expected",
    "'drainwatch: {}\n---\ndrainwatch: {}', not valid YAML",
    "'a: &a [x]\nb: *a', not valid YAML",
    "'drainwatch: \u0000', not valid YAML",
    "'[a]: b', line 1: a key must be a single word",
  })
  void namesTheLineOfBrokenYaml(String text, String expected) throws IOException {
    write(text);

    assertThat(faults(load().reading()))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.key()).isEqualTo("--config");
              assertThat(fault.value()).isEqualTo(file.orElseThrow().toString());
              assertThat(fault.reason()).contains(expected);
            });
  }

  @Test
  void doesNotQuoteBrokenYaml() throws IOException {
    write("drainwatch:\n  notify: {token: hunter2\n");

    assertThat(faults(load().reading()).toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "drainwatch:\n  dry-run: true\n  dry-run: false\n",
        "drainwatch:\n  dry-run: true\ndrainwatch.dry-run: false\n",
        "drainwatch:\n  metadata: {preview: true}\n  metadata: {timeout: 5s}\n",
      })
  void refusesAKeyGivenTwice(String text) throws IOException {
    write(text);

    assertThat(faults(load().reading()))
        .anySatisfy(fault -> assertThat(fault.reason()).startsWith("given twice"));
  }

  @Test
  void refusesAFileThatCannotBeRead() throws IOException {
    file = Optional.of(directory.resolve("none.yml"));
    assertThat(faults(load().reading()).getFirst().reason()).startsWith("there is no such file");

    file = Optional.of(directory);
    assertThat(faults(load().reading()).getFirst().reason()).startsWith("is a directory");

    write("");
    Files.write(file.orElseThrow(), "drainwatch: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(faults(load().reading()).getFirst().reason()).isEqualTo("is not text in UTF-8");

    write("#".repeat(1024 * 1024 + 1));
    assertThat(faults(load().reading()).getFirst().reason()).isEqualTo("is larger than 1 MiB");
  }

  @Test
  void refusesAFileItMayNotRead() throws IOException {
    write("drainwatch: {}");
    assertThat(file.orElseThrow().toFile().setReadable(false)).isTrue();
    Assumptions.assumeFalse(
        Files.isReadable(file.orElseThrow()), "root reads every file; runs as an ordinary user");

    assertThat(faults(load().reading()).getFirst().reason())
        .isEqualTo("cannot be read: permission denied");
  }

  @Test
  void takesAnEmptyFileForNoSettings() throws IOException {
    for (String text : List.of("", "# nothing\n", "~\n", "\uFEFFdrainwatch:\n")) {
      write(text);
      assertThat(settings()).isEqualTo(DrainwatchSettings.defaults());
    }
  }

  @Test
  void remarksOnFilesItDoesNotObeyAndOnesThatOthersMayWrite() throws IOException {
    write("drainwatch: {}\n");
    Assumptions.assumeTrue(
        Files.getFileStore(directory).supportsFileAttributeView("posix"), "needs file modes");
    environment.put("MICRONAUT_CONFIG_FILES", "/etc/other.yml");
    Files.setPosixFilePermissions(file.orElseThrow(), PosixFilePermissions.fromString("rw-rw-r--"));

    assertThat(good(load().reading()).remarks())
        .satisfiesExactlyInAnyOrder(
            remark -> assertThat(remark).startsWith("MICRONAUT_CONFIG_FILES is not obeyed"),
            remark -> assertThat(remark).contains("can be written by group or others"));
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
