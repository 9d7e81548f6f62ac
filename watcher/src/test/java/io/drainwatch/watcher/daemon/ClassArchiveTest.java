package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.Drainwatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tests start takes its classes from where it is said to. */
@Timeout(180)
class ClassArchiveTest {
  private static final String ARCHIVED = " source: shared objects file (top)";

  @TempDir private Path directory;

  private interface Launcher {
    Process start(List<String> options, String main, String... arguments) throws Exception;
  }

  private List<String> mainClass(Launcher launcher) throws Exception {
    Path log = directory.resolve("loaded");
    Process process =
        launcher.start(
            List.of("-Xlog:class+load:file=" + log), Drainwatch.class.getName(), "--version");
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains(" " + Drainwatch.class.getName() + " "))
        .toList();
  }

  @Test
  void processesOfTestsTakeTheirClassesFromTheArchive() throws Exception {
    assertThat(mainClass(DaemonProcess::java))
        .singleElement()
        .satisfies(line -> assertThat(line).contains(ARCHIVED));
  }

  @Test
  void whatIsToStartSlowlyReadsThemItself() throws Exception {
    assertThat(mainClass(DaemonProcess::slowJava))
        .singleElement()
        .satisfies(line -> assertThat(line).contains(" source: file:"));
  }
}
