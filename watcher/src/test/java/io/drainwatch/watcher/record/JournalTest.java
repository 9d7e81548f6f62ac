package io.drainwatch.watcher.record;

import static io.drainwatch.watcher.record.Records.AT;
import static io.drainwatch.watcher.record.Records.appended;
import static io.drainwatch.watcher.record.Records.line;
import static io.drainwatch.watcher.record.Records.number;
import static io.drainwatch.watcher.record.Records.record;
import static io.drainwatch.watcher.record.Records.recordOf;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.record.AppendResult.Appended;
import io.drainwatch.watcher.record.AppendResult.NotAppended;
import io.drainwatch.watcher.record.JournalFinding.DamagedLines;
import io.drainwatch.watcher.record.JournalFinding.NewerVersion;
import io.drainwatch.watcher.record.JournalFinding.TornTail;
import io.drainwatch.watcher.record.JournalFinding.Unreadable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir Path directory;

  private Journal.Opened open() {
    return Journal.open(directory, new FileSystemDisk(), Journal.DEFAULT_LIMIT);
  }

  private Path file() {
    return directory.resolve(Journal.FILE);
  }

  private void write(byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    Files.write(file(), all.toByteArray());
  }

  @Test
  void beginsWithoutARecord() {
    Journal.Opened opened = open();

    assertThat(opened.last()).isEmpty();
    assertThat(opened.findings()).isEmpty();
    assertThat(opened.journal().append(record(1), AT)).isEqualTo(new Appended(1));
  }

  @Test
  void resumesAtTheLastRecord() {
    Journal journal = open().journal();
    journal.append(record(1), AT);
    journal.append(record(2), AT.plusSeconds(5));

    Journal.Opened again = open();

    assertThat(again.last()).contains(new JournalEntry(2, AT.plusSeconds(5), record(2)));
    assertThat(again.findings()).isEmpty();
    assertThat(again.journal().append(record(3), AT)).isEqualTo(new Appended(3));
  }

  @Test
  void writesOneObjectPerLine() throws Exception {
    Journal journal = open().journal();
    journal.append(record(1), AT);
    journal.append(record(2), AT);

    assertThat(Files.readAllLines(file()))
        .hasSize(2)
        .first()
        .asString()
        .matches(
            "\\{\"v\":1,\"seq\":1,\"at\":\"2026-11-21T05:41:00Z\","
                + "\"record\":\\{\"n\":1,\"state\":\"Draining\"},\"crc\":\"[0-9a-f]{8}\"}");
  }

  @Test
  void isForTheOwnerAlone() throws Exception {
    open().journal().append(record(1), AT);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void cutsATornLastLineOffAndSaysSo() throws Exception {
    write(line(1), line(2), "{\"v\":1,\"se".getBytes(US_ASCII));

    Journal.Opened opened = open();

    assertThat(opened.last()).hasValueSatisfying(last -> assertThat(number(last)).isEqualTo(2));
    assertThat(opened.findings()).containsExactly(new TornTail(10));
    assertThat(opened.findings().getFirst().message()).contains("never finished", "10 bytes");
    assertThat(Files.size(file())).isEqualTo(line(1).length + line(2).length);
    assertThat(open().findings()).isEmpty();
  }

  @Test
  void skipsADamagedLineInTheMiddleAndSaysSo() throws Exception {
    byte[] damaged = line(2);
    damaged[20] ^= 4;
    write(line(1), damaged, line(3));

    Journal.Opened opened = open();

    assertThat(opened.last()).hasValueSatisfying(last -> assertThat(number(last)).isEqualTo(3));
    assertThat(opened.findings()).containsExactly(new DamagedLines(1, 2, 3));
    assertThat(opened.findings().getFirst().message()).contains("line 2 the first");
  }

  @Test
  void fallsBackToTheLineBeforeADamagedLastOne() throws Exception {
    byte[] damaged = line(3);
    damaged[20] ^= 4;
    write(line(1), line(2), damaged);

    Journal.Opened opened = open();

    assertThat(opened.last()).hasValueSatisfying(last -> assertThat(number(last)).isEqualTo(2));
    assertThat(opened.findings()).containsExactly(new DamagedLines(1, 3, 3));
    appended(opened.journal().append(record(4), AT));
    assertThat(open().last()).hasValueSatisfying(last -> assertThat(number(last)).isEqualTo(4));
  }

  @Test
  void keepsAJournalWithoutAnyGoodLineAside() throws Exception {
    write("what is this\nno journal\n".getBytes(US_ASCII));

    Journal.Opened opened = open();

    Path kept = directory.resolve("journal.unreadable-1");
    assertThat(opened.last()).isEmpty();
    assertThat(opened.findings())
        .containsExactly(new Unreadable("none of its 2 lines is whole", Optional.of(kept)));
    assertThat(kept).content(US_ASCII).startsWith("what is this");
    appended(opened.journal().append(record(1), AT));
    assertThat(open().last()).isPresent();
  }

  @Test
  void keepsBytesThatAreNoBeginningOfALineAside() throws Exception {
    write(new byte[500]);

    assertThat(open().findings())
        .containsExactly(
            new Unreadable(
                "its 500 bytes are no journal",
                Optional.of(directory.resolve("journal.unreadable-1"))));
  }

  @Test
  void takesATornFirstLineForNoRecord() throws Exception {
    write("{\"v\":1,\"seq\":1,".getBytes(US_ASCII));

    Journal.Opened opened = open();

    assertThat(opened.last()).isEmpty();
    assertThat(opened.findings()).containsExactly(new TornTail(15));
  }

  @Test
  void movesWhatIsNoFileOutOfItsWay() throws Exception {
    Files.createDirectory(file());

    Journal.Opened opened = open();

    assertThat(opened.findings()).singleElement().isInstanceOf(Unreadable.class);
    assertThat(directory.resolve("journal.unreadable-1")).isDirectory();
    appended(opened.journal().append(record(1), AT));
  }

  @Test
  void followsNoLink() throws Exception {
    Path elsewhere = Files.write(directory.resolve("elsewhere"), line(1));
    Files.createSymbolicLink(file(), elsewhere);

    Journal.Opened opened = open();

    assertThat(opened.last()).isEmpty();
    appended(opened.journal().append(record(2), AT));
    assertThat(elsewhere).hasBinaryContent(line(1));
  }

  @Test
  void keepsANewerVersionAside() throws Exception {
    byte[] newer =
        SealedLine.seal(JsonNodeFactory.instance.objectNode().put("v", 2).put("unheard", "of"));
    write(line(1), newer);

    Journal.Opened opened = open();

    Path kept = directory.resolve("journal.newer-1");
    assertThat(opened.last()).isEmpty();
    assertThat(opened.findings()).containsExactly(new NewerVersion(2, Optional.of(kept)));
    assertThat(opened.findings().getFirst().message()).contains("version 2", kept.toString());
    assertThat(Files.size(kept)).isEqualTo(line(1).length + newer.length);
    assertThat(file()).doesNotExist();
  }

  @Test
  void knowsANewerVersionThatDoesWithoutAChecksum() throws Exception {
    write(line(1), "{\"v\":3,\"lines\":[]}\n".getBytes(US_ASCII));

    assertThat(open().findings()).singleElement().isInstanceOf(NewerVersion.class);
  }

  @Test
  void takesADamagedVersionNumberForDamage() throws Exception {
    byte[] damaged = new String(line(2), US_ASCII).replace("\"v\":1", "\"v\":3").getBytes(US_ASCII);
    write(line(1), damaged);

    Journal.Opened opened = open();

    assertThat(opened.last()).hasValueSatisfying(last -> assertThat(number(last)).isEqualTo(1));
    assertThat(opened.findings()).containsExactly(new DamagedLines(1, 2, 2));
  }

  @Test
  void keepsOnlyTheFiveNewestAside() throws Exception {
    for (int i = 1; i <= 7; i++) {
      write(("garbage " + i + "\n").getBytes(US_ASCII));
      open();
    }

    assertThat(new FileSystemDisk().names(directory))
        .containsExactlyInAnyOrder(
            "journal.unreadable-3",
            "journal.unreadable-4",
            "journal.unreadable-5",
            "journal.unreadable-6",
            "journal.unreadable-7");
  }

  @Test
  void compactsToTheLastLineAboveItsLimit() throws Exception {
    Journal journal = Journal.open(directory, new FileSystemDisk(), 1_000).journal();

    for (int i = 1; i <= 50; i++) {
      appended(journal.append(recordOf(i, 100), AT));
      assertThat(Files.size(file())).isLessThanOrEqualTo(1_000);
      assertThat(open().last().map(Records::number)).contains(i);
    }

    assertThat(new FileSystemDisk().names(directory)).containsExactly(Journal.FILE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void refusesARecordThatWouldNeverFit() {
    Journal journal = Journal.open(directory, new FileSystemDisk(), 1_000).journal();
    journal.append(record(1), AT);

    assertThat(journal.append(recordOf(2, 1_000), AT))
        .isInstanceOfSatisfying(
            NotAppended.class, not -> assertThat(not.reason()).contains("at most 1000"));
    appended(journal.append(record(3), AT));
  }

  @Test
  void refusesARecordThatNoParserReadsAgain() {
    Journal journal = open().journal();
    ObjectNode deep = record(1);
    ObjectNode inner = deep;
    for (int i = 0; i < 1_200; i++) {
      inner = inner.putObject("x");
    }

    assertThat(journal.append(deep, AT)).isInstanceOf(NotAppended.class);
    assertThat(journal.append(record(2).put("\ude00", "half a pair as a name"), AT))
        .isInstanceOf(NotAppended.class);
    assertThat(open().last()).isEmpty();
  }

  @Test
  void keepsFinishedLinesOverARestart() throws Exception {
    open().journal().append(record(1), AT);
    open().journal().append(record(2), AT);
    open();

    assertThat(Files.readAllLines(file())).hasSize(2);
  }

  @Test
  void writesItsFileAnewWhenSomebodyTookItAway() throws Exception {
    Journal journal = open().journal();
    journal.append(record(1), AT);
    Files.delete(file());

    appended(journal.append(record(2), AT));

    assertThat(open().last().map(Records::number)).contains(2);
  }

  @Test
  void writesItsFileAnewWhenSomebodyCutIt() throws Exception {
    Journal journal = open().journal();
    journal.append(record(1), AT);
    Files.write(file(), new byte[] {'{'});

    appended(journal.append(record(2), AT));

    assertThat(open().last().map(Records::number)).contains(2);
    assertThat(open().findings()).isEmpty();
  }

  @Test
  void writesItsFileAnewWhenSomebodyWroteToIt() throws Exception {
    Journal journal = open().journal();
    journal.append(record(1), AT);
    Files.writeString(
        file(), "# a note of mine, longer than any line is", StandardOpenOption.APPEND);

    appended(journal.append(record(2), AT));

    assertThat(open().last().map(Records::number)).contains(2);
    assertThat(open().findings()).isEmpty();
  }

  @Test
  void writesOnAnInterruptedThreadAndLeavesItInterrupted() {
    Journal journal = open().journal();
    Thread.currentThread().interrupt();

    AppendResult first = journal.append(record(1), AT);
    AppendResult second = journal.append(record(2), AT);
    Journal.Opened again = open();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(List.of(first, second)).containsExactly(new Appended(1), new Appended(2));
    assertThat(again.last().map(Records::number)).contains(2);
  }
}
