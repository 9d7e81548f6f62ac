package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain line of a service goes round the table of commands and is understood the same. */
class DaemonLineTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"run", "drainer"})
  void whatServicesWriteIsFound(String command) {
    assertThat(DaemonLine.of(command)).contains(new DaemonLine(command, Optional.empty()));
    assertThat(DaemonLine.of(command, "--config", "/etc/a.yml"))
        .contains(new DaemonLine(command, Optional.of(Path.of("/etc/a.yml"))));
    assertThat(DaemonLine.of(command, "--config=/etc/a=b.yml"))
        .contains(new DaemonLine(command, Optional.of(Path.of("/etc/a=b.yml"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "status",
        "status --config /etc/a.yml",
        "run --help",
        "run -h",
        "run --config",
        "run --config --help",
        "run --config @file",
        "run --config=",
        "run --config=@file",
        "run @file",
        "run --configuration /etc/a.yml",
        "run /etc/a.yml",
        "run --config /etc/a.yml --help",
        "run --config /etc/a.yml /etc/b.yml",
        "--config /etc/a.yml run"
      })
  void everythingElseIsForTheTable(String line) {
    assertThat(DaemonLine.of(line.isEmpty() ? new String[0] : line.split(" "))).isEmpty();
  }

  static Stream<List<String>> refused() {
    return Stream.of("run", "drainer")
        .flatMap(
            command ->
                Stream.of(List.of(command, "--config", "FILE"), List.of(command, "--config=FILE")));
  }

  /** So that the two ways cannot come apart. */
  @ParameterizedTest
  @MethodSource("refused")
  void bothWaysEndTheSame(List<String> words) throws Exception {
    Path faulty = Files.writeString(directory.resolve("faulty.yml"), "drainwatch: {nothing: 1}\n");
    String[] line =
        words.stream().map(word -> word.replace("FILE", faulty.toString())).toArray(String[]::new);
    Tool.Result plain = Tool.in(directory).run((Object[]) line);
    // an empty list of values more, which only the table understands
    Object[] further = Stream.concat(Arrays.stream(line), Stream.of("--")).toArray();
    Tool.Result byTable = Tool.in(directory).run(further);

    assertThat(DaemonLine.of(line)).isPresent();
    assertThat(plain.code()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(plain).isEqualTo(byTable);
  }

  @Test
  void aWrongLineIsStillExplained() {
    Tool.Result result = Tool.in(directory).run("run", "--confg", "x");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("See: drainwatch run --help");
  }
}
