package io.drainwatch.watcher.record;

import static io.drainwatch.watcher.record.Records.AT;
import static io.drainwatch.watcher.record.Records.record;
import static io.drainwatch.watcher.record.Records.recordOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.record.AppendResult.Appended;
import io.drainwatch.watcher.record.AppendResult.NotAppended;
import io.drainwatch.watcher.record.FaultyDisk.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HistoryTest {
  @TempDir Path directory;
  private final FaultyDisk disk = new FaultyDisk(new FileSystemDisk());

  private History history() {
    return new History(disk, directory, 5, 2_000);
  }

  private Path file() {
    return directory.resolve(History.FILE);
  }

  private List<Integer> numbers() throws IOException {
    return history().read(100).stream().map(summary -> summary.path("n").asInt()).toList();
  }

  @Test
  void isEmptyAtFirst() throws Exception {
    assertThat(history().read(10)).isEmpty();
  }

  @Test
  void tellsTheNewestFirst() throws Exception {
    History history = history();
    assertThat(history.add("a", record(1), AT)).isEqualTo(new Appended(1));
    assertThat(history.add("b", record(2), AT)).isEqualTo(new Appended(2));
    assertThat(history.add("c", record(3), AT)).isEqualTo(new Appended(3));

    assertThat(history.read(2)).containsExactly(record(3), record(2));
  }

  @Test
  void isForTheOwnerAlone() throws Exception {
    history().add("a", record(1), AT);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void keepsOneSummaryPerEpisodeTheLaterOne() throws Exception {
    history().add("a", record(1), AT);
    history().add("b", record(2), AT);
    history().add("a", record(3), AT);

    assertThat(numbers()).containsExactly(3, 2);
  }

  @Test
  void dropsTheOldestBeyondItsNumber() throws Exception {
    for (int n = 1; n <= 8; n++) {
      history().add("episode " + n, record(n), AT);
    }

    assertThat(numbers()).containsExactly(8, 7, 6, 5, 4);
  }

  @Test
  void dropsTheOldestBeyondItsSize() throws Exception {
    for (int n = 1; n <= 4; n++) {
      history().add("episode " + n, recordOf(n, 700), AT);
      assertThat(Files.size(file())).isLessThanOrEqualTo(2_000);
    }

    assertThat(numbers()).containsExactly(4, 3);
  }

  @Test
  void refusesASummaryThatWouldNeverFit() throws Exception {
    history().add("a", record(1), AT);

    assertThat(history().add("b", recordOf(2, 2_000), AT)).isInstanceOf(NotAppended.class);
    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void toleratesATornTailAndADamagedLine() throws Exception {
    history().add("a", record(1), AT);
    Files.writeString(file(), "{\"v\":1,\"id\":\"x\"}\n{\"v\":1,\"i", StandardOpenOption.APPEND);

    assertThat(numbers()).containsExactly(1);
    history().add("b", record(2), AT);
    assertThat(numbers()).containsExactly(2, 1);
    assertThat(Files.readAllLines(file())).hasSize(2);
  }

  @Test
  void keepsALineOfALaterVersion() throws Exception {
    ObjectNode later = JsonNodeFactory.instance.objectNode().put("v", 2).put("id", "z");
    later.set("summary", record(7));
    Files.write(file(), SealedLine.seal(later));

    history().add("a", record(1), AT);

    assertThat(numbers()).containsExactly(1, 7);
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "WRITE", "FORCE", "RENAME"})
  void keepsWhatItHadWhenWritingFails(Operation operation) throws Exception {
    history().add("a", record(1), AT);
    disk.fail(operation);

    assertThat(history().add("b", record(2), AT)).isInstanceOf(NotAppended.class);

    assertThat(numbers()).containsExactly(1);
    assertThat(disk.names(directory)).containsExactly(History.FILE);
    disk.heal();
    history().add("b", record(2), AT);
    assertThat(numbers()).containsExactly(2, 1);
  }

  @Test
  void keepsAnUnreadableFileAsideAndBeginsAnew() throws Exception {
    Files.writeString(file(), "unreadable");
    disk.fail(Operation.READ);
    assertThatThrownBy(() -> history().read(1)).isInstanceOf(IOException.class);

    history().add("a", record(1), AT);

    disk.heal();
    assertThat(directory.resolve("history.unreadable-1")).content(UTF_8).isEqualTo("unreadable");
    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void writesOverNothingThatItCouldNeitherReadNorMove() throws Exception {
    Files.writeString(file(), "unreadable");
    disk.fail(Operation.READ, Operation.RENAME);

    assertThat(history().add("a", record(1), AT)).isInstanceOf(NotAppended.class);

    assertThat(file()).content(UTF_8).isEqualTo("unreadable");
  }
}
