package io.drainwatch.watcher.record;

import static io.drainwatch.drainer.fuzz.Fuzz.throwAt;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** L10: files of the state directory after bad memory, a bad disk or a person's hand. */
class StateFilesFuzzTest {
  private static String lines(int... numbers) {
    StringBuilder all = new StringBuilder();
    Arrays.stream(numbers).forEach(n -> all.append(new String(Records.line(n), US_ASCII)));
    return all.toString();
  }

  @Test
  @DisplayName("L10 a journal: a record that was written, or none; never an exception")
  void aJournal() {
    throwAt(
        List.of(lines(1, 2, 3), lines(7), lines(1, 1, 2)),
        bytes -> {
          switch (JournalScan.of(bytes)) {
            case JournalScan.Fit fit -> {
              assertThat(fit.length() + fit.torn()).isEqualTo(bytes.length);
              fit.last().ifPresent(entry -> assertThat(Records.number(entry)).isIn(1, 2, 3, 7));
            }
            case JournalScan.Newer newer -> assertThat(newer.version()).isPositive();
            case JournalScan.Hopeless hopeless -> assertThat(hopeless.reason()).isNotBlank();
          }
        });
  }

  @Test
  @DisplayName("L10 history and outbox: lines that are whole, and no others")
  void historyAndOutbox() {
    throwAt(
        List.of(lines(1, 2, 3)),
        bytes ->
            assertThat(HistoryLines.of(bytes).lines())
                .allSatisfy(
                    line -> assertThat(SealedLine.unseal(unended(line.raw()))).isPresent()));
  }

  private static byte[] unended(byte[] line) {
    return Arrays.copyOf(line, line.length - 1);
  }
}
