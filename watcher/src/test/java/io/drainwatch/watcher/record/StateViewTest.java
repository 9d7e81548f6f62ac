package io.drainwatch.watcher.record;

import static io.drainwatch.watcher.record.Records.AT;
import static io.drainwatch.watcher.record.Records.line;
import static io.drainwatch.watcher.record.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateViewTest {
  @TempDir Path directory;

  @Test
  void looksWhileADaemonHasTheLock() throws Exception {
    Path path = directory.resolve("state");
    try (StateDirectory state = StateDirectory.open(path)) {
      Journal.open(state).journal().append(record(1), AT);
      History.open(state).add("a", record(2), AT);

      StateView view = StateView.of(path);

      assertThat(view.lastEntry()).contains(new JournalEntry(1, AT, record(1)));
      assertThat(view.history(10)).containsExactly(record(2));
    }
  }

  @Test
  void createsNothing() throws Exception {
    StateView view = StateView.of(directory);

    assertThat(view.lastEntry()).isEmpty();
    assertThat(view.history(10)).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void cutsNothingOffALineThatIsBeingWritten() throws Exception {
    byte[] half = Arrays.copyOf(line(1), 30);
    Path file = Files.write(directory.resolve(Journal.FILE), half);

    assertThat(StateView.of(directory).lastEntry()).isEmpty();
    assertThat(file).hasBinaryContent(half);
  }

  @Test
  void saysWhenThereIsNoDirectory() {
    assertThatThrownBy(() -> StateView.of(directory.resolve("none")))
        .isInstanceOf(StateDirectoryException.class)
        .hasMessageContaining("There is no state directory");
  }

  @Test
  void saysWhenTheJournalCannotBeReadAndLeavesIt() throws Exception {
    Path file = Files.writeString(directory.resolve(Journal.FILE), "garbage\n");

    assertThatThrownBy(() -> StateView.of(directory).lastEntry())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none of its 1 lines is whole");
    assertThat(file).exists();
  }

  @Test
  void saysWhenTheJournalIsOfALaterVersion() throws Exception {
    Files.write(
        directory.resolve(Journal.FILE),
        SealedLine.seal(JsonNodeFactory.instance.objectNode().put("v", 2)));

    assertThatThrownBy(() -> StateView.of(directory).lastEntry())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has version 2");
  }
}
