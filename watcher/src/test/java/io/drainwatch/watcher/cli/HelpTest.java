package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.context.ContextMapping;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.context.DrainVariables;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.watcher.byhand.MadeUpOccasion;
import io.drainwatch.watcher.byhand.SampleVm;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
  @TempDir Path directory;

  static Stream<List<String>> commands() {
    List<List<String>> all = new ArrayList<>();
    collect(CommandLineTool.commandLine(Caller.ofThisProcess()), List.of(), all);
    return all.stream();
  }

  private static void collect(CommandLine line, List<String> words, List<List<String>> all) {
    all.add(words);
    line.getSubcommands()
        .forEach(
            (name, command) ->
                collect(command, Stream.concat(words.stream(), Stream.of(name)).toList(), all));
  }

  @ParameterizedTest(name = "drainwatch {0}")
  @MethodSource("commands")
  void everyCommandHasHelpWithAnExampleAndItsExitCodes(List<String> words) {
    Tool.Result result =
        Tool.in(directory).run(Stream.concat(words.stream(), Stream.of("--help")).toArray());

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("Usage: drainwatch", "Example:", "Exit codes:");
  }

  @Test
  void aWrongArgumentIsOneSentenceAndWhereToReadMore() {
    Tool.Result result = Tool.in(directory).run("status", "--wrong");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines())
        .containsExactly("Unknown option: '--wrong'", "See: drainwatch status --help");
  }

  @Test
  void contextHelpNamesEveryVariableOfACall() {
    String help = Tool.in(directory).run("context", "--help").out();

    Instant now = Instant.parse("2026-11-21T05:00:00Z");
    MadeUpOccasion occasion = MadeUpOccasion.of(EventKind.REBOOT, "vm_0", Policy.defaults(), now);
    Action.RunScript call =
        new Action.RunScript(Hook.DRAIN, "s", 1, false, now.plusSeconds(60), false);
    Map<String, String> variables =
        DrainVariables.of(
            ContextMapping.map(
                occasion.question(call, now, now),
                SampleVm.withDisks("vm_0"),
                ContextSettings.defaults()),
            Optional.of("/file"),
            now,
            ContextSettings.MAXIMUM_INLINE_BYTES);
    assertThat(variables.keySet()).isNotEmpty().allSatisfy(name -> assertThat(help).contains(name));
  }
}
