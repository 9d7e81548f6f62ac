package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

@Timeout(60)
class HelpFilesTest {
  @TempDir static Path directory;

  private static CommandLine commands() {
    return CommandLineTool.commandLine(Caller.ofThisProcess());
  }

  /** What somebody reads, without the formatter's marks. */
  private static String manual() {
    return ManualPage.of(commands(), "1.2.3").replace("\\-", "-").replace("\\e", "\\");
  }

  @ParameterizedTest(name = "drainwatch {0}")
  @MethodSource("io.drainwatch.watcher.cli.HelpTest#commands")
  void theManualSaysOfEveryCommandWhatItsHelpSays(List<String> words) {
    CommandLine command = commands().setUsageHelpWidth(72);
    for (String each : words) {
      command = command.getSubcommands().get(each);
    }

    assertThat(manual())
        .contains(".SS drainwatch" + (words.isEmpty() ? "" : " " + String.join(" ", words)) + "\n")
        .contains(command.getUsageMessage(CommandLine.Help.Ansi.OFF));
  }

  @Test
  void noLineOfAHelpIsAnOrderToTheFormatter() {
    assertThat(ManualPage.escaped(".B 'x' a-b \\n")).isEqualTo("\\&.B 'x' a\\-b \\en");
    assertThat(ManualPage.escaped("'quoted")).isEqualTo("\\&'quoted");
  }

  @Test
  void theFormatterUnderstandsTheManual() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "groff is not installed");
    Path page = Files.writeString(directory.resolve("page"), ManualPage.of(commands(), "1.2.3"));

    String said = run("/usr/bin/groff", "-man", "-Tutf8", "-ww", "-z", page.toString());

    assertThat(said).isEmpty();
  }

  @ParameterizedTest(name = "drainwatch {0} -> {1}")
  @CsvSource({"ho, hooks", "hooks l, list", "azure mai, maintenance", "run --con, --config"})
  void bashCompletesCommandsAndOptions(String typed, String completed) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash is not installed");
    Path script = Files.writeString(directory.resolve("c"), HelpFiles.completion(commands()));
    String words = "drainwatch " + typed;

    String said =
        run(
            "/bin/bash",
            "-c",
            "set -u; . "
                + script
                + "; set +u; COMP_WORDS=("
                + words
                + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                + " COMP_LINE='"
                + words
                + "'; COMP_POINT=${#COMP_LINE};"
                + " _complete_drainwatch; printf '%s\\n' \"${COMPREPLY[@]}\"");

    assertThat(said.lines()).contains(completed);
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
