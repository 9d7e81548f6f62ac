package io.drainwatch.watcher.record;

import static io.drainwatch.watcher.record.Records.AT;
import static io.drainwatch.watcher.record.Records.line;
import static io.drainwatch.watcher.record.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.record.AppendResult.Appended;
import io.drainwatch.watcher.record.JournalFinding.TornTail;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JournalCrashMatrixTest {
  private static final Path DIRECTORY = Path.of("state");

  /** Where each line ends, by the number of the record that counts from there on. */
  private final TreeMap<Integer, Integer> ends = new TreeMap<>();

  private byte[] journalOfFourLines() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int n = 1; n <= 4; n++) {
      all.writeBytes(line(n));
      ends.put(all.size(), n);
    }
    return all.toByteArray();
  }

  @Test
  void yieldsTheLastWholeLineOfEveryPrefixAndGoesOnFromThere() throws Exception {
    byte[] whole = journalOfFourLines();

    for (int length = 0; length <= whole.length; length++) {
      Disk disk = new MemoryDisk();
      disk.create(DIRECTORY.resolve(Journal.FILE)).write(0, Arrays.copyOf(whole, length));
      Optional<Integer> expected =
          Optional.ofNullable(ends.floorEntry(length)).map(entry -> entry.getValue());
      int torn = length - Optional.ofNullable(ends.floorKey(length)).orElse(0);

      Journal.Opened opened = Journal.open(DIRECTORY, disk, 1 << 20);

      assertThat(opened.last().map(Records::number)).as("prefix %d", length).isEqualTo(expected);
      assertThat(opened.findings())
          .as("prefix %d", length)
          .isEqualTo(torn == 0 ? List.of() : List.of(new TornTail(torn)));
      assertThat(opened.journal().append(record(9), AT))
          .isEqualTo(new Appended(expected.orElse(0) + 1));
      Journal.Opened again = Journal.open(DIRECTORY, disk, 1 << 20);
      assertThat(again.last().map(Records::number)).as("prefix %d", length).contains(9);
      assertThat(again.findings()).as("prefix %d", length).isEmpty();
    }
  }

  @Test
  void yieldsTheLastWholeLineWhenZerosTakeTheTailsPlace() {
    byte[] whole = journalOfFourLines();

    for (int length = line(1).length; length < whole.length; length++) {
      byte[] zeros = Arrays.copyOf(Arrays.copyOf(whole, length), whole.length);

      assertThat(JournalScan.of(zeros))
          .isInstanceOfSatisfying(
              JournalScan.Fit.class,
              fit -> assertThat(fit.last().map(Records::number)).isPresent());
      assertThat(((JournalScan.Fit) JournalScan.of(zeros)).last().map(Records::number))
          .contains(ends.floorEntry(length).getValue());
    }
  }
}
