package io.drainwatch.watcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StatusWatchTest {
  @TempDir Path directory;

  @Test
  void inAPipeItPrintsWhatChangedAndNothingElse() throws Exception {
    Tool tool = Tool.in(directory);
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      AtomicBoolean ordered = new AtomicBoolean();
      Tool other = Tool.in(directory);
      Tool.Result result =
          tool.until(
                  printed -> {
                    if (printed.contains("Metadata       OK")
                        && ordered.compareAndSet(false, true)) {
                      other.run("drain", "--wait", "--config", daemon.configuration());
                    }
                    return printed.contains("Drained since");
                  })
              .run("status", "--watch", "--config", daemon.configuration());

      assertThat(Thread.interrupted()).isTrue();
      assertThat(result.code()).isEqualTo(ExitCode.OK);
      assertThat(result.out()).startsWith("At             2").doesNotContain("\u001b");
      List<String> pictures = List.of(result.out().split("\n\n"));
      assertThat(result.out()).contains("Maintenance    none");
      assertThat(pictures.getLast()).contains("State          Drained since ");
    }
  }

  @Test
  void asJsonItPrintsALineForEachChange() throws Exception {
    Tool tool = Tool.in(directory);
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      Tool.Result result =
          tool.onTerminal(80, 24)
              .until(printed -> printed.contains("\"running\":true") && tool.pauses().size() > 3)
              .run("status", "-w", "--output", "json", "--config", daemon.configuration());

      assertThat(Thread.interrupted()).isTrue();
      List<String> lines = result.out().lines().toList();
      assertThat(lines).hasSizeLessThan(tool.pauses().size());
      assertThat(new ObjectMapper().readTree(lines.getLast()).at("/daemon/running").asBoolean())
          .isTrue();
    }
  }

  @Test
  void onATerminalItDrawsFollowsResizesAndSurvivesTheDaemonsEnd() throws Exception {
    Tool tool = Tool.in(directory);
    LiveDaemon daemon = LiveDaemon.of(tool);
    try {
      tool.onTerminal(70, 20);
      AtomicBoolean resized = new AtomicBoolean();
      AtomicBoolean stopped = new AtomicBoolean();
      Tool.Result result =
          tool.until(
                  printed -> {
                    if (printed.contains("No maintenance.") && resized.compareAndSet(false, true)) {
                      tool.onTerminal(30, 3);
                    }
                    // the second picture: cut to the new width
                    if (printed.contains("//127.0.0.1:...") && stopped.compareAndSet(false, true)) {
                      daemon.stop();
                    }
                    return printed.contains("Not reachable since");
                  })
              .run("status", "--watch", "--config", daemon.configuration());

      assertThat(Thread.interrupted()).isTrue();
      assertThat(result.code()).isEqualTo(ExitCode.OK);
      assertThat(result.out())
          .startsWith("\u001b[?1049h\u001b[?25l\u001b[?7l")
          .contains("\u001b[1mDrainwatch\u001b[0m\u001b[1m  vm_0\u001b[0m")
          .contains("\u001b[?7h\u001b[?25h\u001b[?1049l");
      assertThat(result.out().substring(result.out().indexOf("\u001b[?1049l")))
          .contains("Not reachable since")
          .doesNotContain("\u001b[H");
    } finally {
      daemon.close();
    }
  }

  @Test
  void aDumbTerminalGetsLinesAndNoColorIsHeeded() throws Exception {
    Tool tool = Tool.in(directory);
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      tool.onTerminal(70, 20).variable("TERM", "dumb");
      assertThat(
              tool.until(printed -> printed.contains("Maintenance    none"))
                  .run("status", "--watch", "--config", daemon.configuration())
                  .out())
          .doesNotContain("\u001b");
      assertThat(Thread.interrupted()).isTrue();

      tool.onTerminal(70, 20).variable("NO_COLOR", "1");
      assertThat(
              tool.until(printed -> printed.contains("No maintenance."))
                  .run("status", "--watch", "--config", daemon.configuration())
                  .out())
          .contains("\u001b[H")
          .doesNotContainPattern("\u001b\\[[1-9][0-9;]*m");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void isForThisMachineOnly() {
    Tool.Result result = Tool.in(directory).run("status", "--cluster", "--watch");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).startsWith("--watch is for this machine");
  }
}
