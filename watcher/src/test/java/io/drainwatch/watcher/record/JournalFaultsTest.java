package io.drainwatch.watcher.record;

import static io.drainwatch.watcher.record.Records.AT;
import static io.drainwatch.watcher.record.Records.appended;
import static io.drainwatch.watcher.record.Records.line;
import static io.drainwatch.watcher.record.Records.number;
import static io.drainwatch.watcher.record.Records.record;
import static io.drainwatch.watcher.record.Records.recordOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.record.AppendResult.Appended;
import io.drainwatch.watcher.record.AppendResult.NotAppended;
import io.drainwatch.watcher.record.FaultyDisk.Operation;
import io.drainwatch.watcher.record.JournalFinding.NotForced;
import io.drainwatch.watcher.record.JournalFinding.Unreadable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalFaultsTest {
  @TempDir Path directory;
  private final FaultyDisk disk = new FaultyDisk(new FileSystemDisk());

  private Journal.Opened open() {
    return Journal.open(directory, disk, 1_000);
  }

  private Path file() {
    return directory.resolve(Journal.FILE);
  }

  private Optional<Integer> lastOnDisk() {
    Journal.Opened opened = Journal.open(directory, new FileSystemDisk(), 1_000);
    assertThat(opened.findings()).isEmpty();
    return opened.last().map(Records::number);
  }

  @Test
  void cutsAPartialLineOffAndKeepsWorkingOnceThereIsSpace() throws Exception {
    Journal journal = open().journal();
    journal.append(record(1), AT);

    for (int space = 0; space < line(2).length; space++) {
      disk.leave(space);
      assertThat(journal.append(record(2), AT))
          .isInstanceOfSatisfying(
              NotAppended.class,
              not -> assertThat(not.reason()).contains("No space left", file().toString()));
      assertThat(Files.size(file())).as("space %d", space).isEqualTo(line(1).length);
    }
    disk.heal();

    appended(journal.append(record(3), AT));
    assertThat(lastOnDisk()).contains(3);
    assertThat(Files.readAllLines(file())).as("both lines, in place").hasSize(2);
  }

  @Test
  void leavesNoPartialLineBehindEvenWhenItCouldNotCutItOffAtOnce() throws Exception {
    Journal journal = open().journal();
    journal.append(record(1), AT);
    disk.leave(20);
    disk.fail(Operation.TRUNCATE);
    assertThat(journal.append(record(2), AT)).isInstanceOf(NotAppended.class);
    assertThat(Files.size(file())).isEqualTo(line(1).length + 20);
    disk.heal();

    appended(journal.append(record(3), AT));

    assertThat(lastOnDisk()).contains(3);
  }

  @Test
  void beginsAFreshFileAfterForcingFailed() throws Exception {
    Journal journal = open().journal();
    journal.append(record(1), AT);
    disk.fail(Operation.FORCE);
    assertThat(journal.append(record(2), AT)).isInstanceOf(NotAppended.class);
    assertThat(lastOnDisk()).as("a restart does not find what is not durable").contains(1);
    disk.heal();

    appended(journal.append(record(3), AT));

    assertThat(Files.readAllLines(file())).as("only the new line").hasSize(1);
    assertThat(lastOnDisk()).contains(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "WRITE", "FORCE", "RENAME"})
  void keepsTheOldJournalWhenCompactionFails(Operation operation) throws Exception {
    Journal journal = open().journal();
    journal.append(recordOf(1, 600), AT);
    disk.fail(operation);

    assertThat(journal.append(recordOf(2, 600), AT)).isInstanceOf(NotAppended.class);

    assertThat(lastOnDisk()).contains(1);
    assertThat(new FileSystemDisk().names(directory))
        .as("the space is given back")
        .containsExactly(Journal.FILE);
    disk.heal();
    appended(journal.append(recordOf(3, 600), AT));
    assertThat(lastOnDisk()).contains(3);
  }

  @Test
  void doesNotCallARenameDurableBeforeTheDirectoryIs() {
    Journal journal = open().journal();
    disk.fail(Operation.FORCE_DIRECTORY);

    assertThat(journal.append(record(1), AT)).isInstanceOf(NotAppended.class);
    assertThat(journal.append(record(2), AT)).isInstanceOf(NotAppended.class);
    disk.heal();

    assertThat(journal.append(record(3), AT)).isEqualTo(new Appended(3));
    assertThat(lastOnDisk()).contains(3);
  }

  @Test
  void overwritesTheRestOfAnEarlierCompaction() throws Exception {
    Files.write(directory.resolve(Journal.FILE + ".new"), new byte[5_000]);

    appended(open().journal().append(record(1), AT));

    assertThat(lastOnDisk()).contains(1);
    assertThat(directory.resolve(Journal.FILE + ".new")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "WRITE", "FORCE", "RENAME", "FORCE_DIRECTORY"})
  void saysWhenWhatItReadCouldNotBeMadeDurable(Operation operation) throws Exception {
    Files.write(file(), line(1));
    disk.fail(operation);

    Journal.Opened opened = open();

    assertThat(opened.last()).hasValueSatisfying(last -> assertThat(number(last)).isEqualTo(1));
    assertThat(opened.findings()).containsExactly(new NotForced("injected: " + operation));
    disk.heal();
    assertThat(opened.journal().append(record(2), AT)).isEqualTo(new Appended(2));
    assertThat(lastOnDisk()).contains(2);
  }

  @Test
  void writesOverNothingThatItCouldNeitherReadNorMove() throws Exception {
    Files.write(file(), line(1));
    disk.fail(Operation.READ, Operation.RENAME);

    Journal.Opened opened = open();

    assertThat(opened.findings())
        .containsExactly(new Unreadable("injected: READ", Optional.empty()));
    assertThat(opened.findings().getFirst().message()).contains("nothing is recorded until");
    disk.heal();
    disk.fail(Operation.RENAME);
    assertThat(opened.journal().append(record(2), AT))
        .isInstanceOfSatisfying(
            NotAppended.class, not -> assertThat(not.reason()).contains("not be moved aside"));
    assertThat(file()).hasBinaryContent(line(1));

    disk.heal();
    appended(opened.journal().append(record(3), AT));
    assertThat(directory.resolve("journal.unreadable-1")).hasBinaryContent(line(1));
    assertThat(lastOnDisk()).contains(3);
  }

  @Test
  void goesOnWhenWhatWasInTheWayIsGone() throws Exception {
    Files.write(file(), line(1));
    disk.fail(Operation.READ, Operation.FORCE_DIRECTORY);
    Journal.Opened opened = open();
    disk.heal();

    appended(opened.journal().append(record(2), AT));

    assertThat(lastOnDisk()).contains(2);
  }
}
