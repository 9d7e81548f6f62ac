package io.drainwatch.watcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drainwatch.watcher.Drainwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code status --watch} as a process in a pseudo-terminal, which {@code script} makes. */
@Timeout(120)
class RealTerminalTest {
  private static final Pattern ABOUT = Pattern.compile("pid=(\\d+) tty=(/dev/\\S+)");

  @TempDir Path directory;
  private Process script;

  @AfterEach
  void end() {
    if (script != null) {
      script.descendants().forEach(ProcessHandle::destroyForcibly);
      script.destroyForcibly();
    }
  }

  @Test
  void drawsAtTheTerminalsSizeFollowsAResizeAndRestoresItOnSigterm() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/script")) && Files.isExecutable(Path.of("/bin/stty")),
        "needs script of util-linux and stty");
    Tool tool = Tool.in(directory);
    try (LiveDaemon daemon = LiveDaemon.of(tool)) {
      Path typescript = directory.resolve("typescript");
      start(daemon, typescript);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> read(typescript).contains("No maintenance."));
      String first = read(typescript);
      assertThat(first).contains("\u001b[?1049h");
      assertThat(columnsOfHead(first)).isEqualTo(61);

      Matcher about = ABOUT.matcher(first);
      assertThat(about.find()).isTrue();
      run("stty", "-F", about.group(2), "cols", "97", "rows", "30");
      await().atMost(Duration.ofSeconds(20)).until(() -> columnsOfHead(read(typescript)) == 97);

      ProcessHandle.of(Long.parseLong(about.group(1))).orElseThrow().destroy();
      assertThat(script.waitFor(20, TimeUnit.SECONDS)).isTrue();
      String all = read(typescript);
      assertThat(all.substring(all.lastIndexOf("\u001b[?7h")))
          .startsWith("\u001b[?7h\u001b[?25h\u001b[?1049l")
          .contains("No maintenance.")
          .doesNotContain("\u001b[H");
    }
  }

  private void start(LiveDaemon daemon, Path typescript) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path command = directory.resolve("watch.sh");
    Files.writeString(
        command,
        """
        stty cols 61 rows 12
        echo "pid=$$ tty=$(tty)"
        exec '%s' -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp '%s' %s \\
          status --watch --config '%s'
        """
            .formatted(
                java,
                System.getProperty("java.class.path"),
                Drainwatch.class.getName(),
                daemon.configuration()));
    ProcessBuilder builder =
        new ProcessBuilder(
            "script", "--quiet", "--flush", "--command", "sh " + command, typescript.toString());
    builder.environment().put("TERM", "xterm");
    builder.environment().put("NO_COLOR", "1");
    script =
        builder
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("script.log").toFile())
            .start();
  }

  /** The newest whole picture's first line ends with the time, at the right edge. */
  private static int columnsOfHead(String typescript) {
    int begin = typescript.lastIndexOf("\u001b[HDrainwatch");
    int end = typescript.indexOf("\u001b[K", Math.max(begin, 0));
    return begin < 0 || end < 0 ? 0 : end - begin - "\u001b[H".length();
  }

  private static String read(Path typescript) throws IOException {
    return Files.exists(typescript) ? Files.readString(typescript, UTF_8) : "";
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
