package io.drainwatch.watcher.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OtherProcessTest {
  @TempDir Path directory;

  @Test
  void refusesASecondDaemonAndNamesTheFirst() throws Exception {
    Path state = directory.resolve("state");
    Process first = OtherProcess.start(List.of(), "hold", state.toString());
    try (BufferedReader output = first.inputReader()) {
      assertThat(output.readLine()).isEqualTo("held");

      assertThatThrownBy(() -> StateDirectory.open(state))
          .isInstanceOf(StateDirectoryException.class)
          .hasMessageContaining("is in use by process " + first.pid());
      assertThatThrownBy(() -> StateDirectory.open(state))
          .as("trying did not break its lock")
          .hasMessageContaining("is in use by process " + first.pid());
    } finally {
      first.destroyForcibly().waitFor();
    }
    StateDirectory.open(state).close();
  }

  @Test
  void keepsItsLockWhenTheSameProcessTriesAgain() throws Exception {
    Path state = directory.resolve("state");
    try (StateDirectory held = StateDirectory.open(state)) {
      assertThatThrownBy(() -> StateDirectory.open(state))
          .hasMessageContaining("this very process");

      Process second = OtherProcess.start(List.of(), "hold", held.path().toString());
      try (BufferedReader output = second.inputReader()) {
        assertThat(output.readLine())
            .contains("is in use by process " + ProcessHandle.current().pid());
      } finally {
        second.destroyForcibly().waitFor();
      }
    }
  }

  /** The kernel's own refusal in the middle of a line, by a limit on the size of files. */
  @Test
  void losesNothingWhenTheKernelRefusesHalfALine() throws Exception {
    Path state = directory.resolve("state");
    List<String> limited = List.of("sh", "-c", "ulimit -f 8 && exec \"$@\"", "sh");
    Process process = OtherProcess.start(limited, "fill", state.toString());
    int appended;
    try (BufferedReader output = process.inputReader()) {
      appended = Integer.parseInt(output.readLine());
      assertThat(output.readLine()).contains("writing record " + (appended + 1), "File too large");
    } finally {
      process.destroyForcibly().waitFor();
    }

    try (StateDirectory again = StateDirectory.open(state)) {
      Journal.Opened opened = Journal.open(again);

      assertThat(appended).isPositive();
      assertThat(opened.last().map(Records::number)).contains(appended);
      assertThat(opened.findings()).as("the half line was cut off at once").isEmpty();
    }
  }
}
