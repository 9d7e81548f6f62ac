package io.drainwatch.drainer.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drainwatch.drainer.promises.PromisedFigure.Measured;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromiseTableTest {
  private static final String ROW =
      "| F99 | soon | p99 <= 1200 ms; tries >= 3 | `ATest.isSoon` | p99 964 ms; tries 3 |"
          + " 2026-11-22 | `./mvnw x` | |";

  private static PromisedFigure row(String line) {
    return PromiseTable.read(List.of("text", line, "| id | promise |")).getFirst();
  }

  @Test
  void readsARow() {
    PromisedFigure row = row(ROW);

    assertThat(row.id()).isEqualTo("F99");
    assertThat(row.heldBy()).containsExactly("ATest.isSoon");
    assertThat(row.on()).isEqualTo("2026-11-22");
    assertThat(row.measured())
        .containsExactly(new Measured("p99", 964, "ms"), new Measured("tries", 3, ""));
    assertThat(row.limit("p99").allows(1_200)).isTrue();
    assertThat(row.limit("p99").allows(1_200.1)).isFalse();
    assertThat(row.limit("tries").allows(2)).isFalse();
  }

  @Test
  void failsWhereAFigureIsNotKept() {
    row(ROW).holds("p99", 1_200);
    assertThatThrownBy(() -> row(ROW).holds("p99", 1_201))
        .hasMessage("F99 soon, p99: 1201 ms; promised p99 <= 1200 ms: MISSED");
    assertThatThrownBy(() -> row(ROW).holds("p98", 1)).hasMessageContaining("has no p98");
  }

  @Test
  void writesWhatWasMeasuredAndNothingElse() {
    String written =
        PromiseTable.with(ROW, new Measured("p99", 0.25, "ms"), LocalDate.of(2026, 12, 1));

    assertThat(written)
        .isEqualTo(
            ROW.replace("964 ms", "0.25 ms")
                .replace("2026-11-22", "2026-12-01")
                .replace("| |", "|  |"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| F99 | soon | soon | `ATest.x` | p99 1 ms | 2026-11-22 | x | |",
        "| F99 | soon | p99 <= 1 ms | `ATest.x` | soon | 2026-11-22 | x | |",
        "| F99 | soon | p99 <= 1 ms | `ATest.x` | p99 1 ms | 2026-11-22 | |",
      })
  void takesNoRowThatItCannotRead(String line) {
    assertThatThrownBy(() -> row(line)).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "November 2026", "2026-13-01", "22.11.2026"})
  void wantsADate(String date) {
    assertThatThrownBy(() -> row(ROW.replace("2026-11-22", date)))
        .isInstanceOf(DateTimeParseException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.0416, 0.042", "2.25, 2.3", "120.4, 120", "3600, 3600", "10, 10"})
  void writesNumbersShort(double value, String text) {
    assertThat(PromiseTable.number(value)).isEqualTo(text);
  }
}
