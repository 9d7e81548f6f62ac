package io.drainwatch.watcher.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.promises.PromiseTable;
import io.drainwatch.drainer.promises.PromisedFigure;
import io.drainwatch.drainer.promises.PromisedFigure.Comparison;
import io.drainwatch.drainer.promises.PromisedFigure.Limit;
import io.drainwatch.drainer.promises.PromisedFigure.Measured;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of figures in docs/promises.md cannot lie. */
class PromisedFiguresTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  /** As many as the specification promises. */
  private static final List<String> ALL =
      IntStream.rangeClosed(1, 14).mapToObj("F%02d"::formatted).toList();

  @Test
  void everyPromisedFigureIsThereAndCanBeBelieved() {
    List<PromisedFigure> rows = PromiseTable.read();
    FigureAudit audit = new FigureAudit(LocalDate.now(Clock.systemUTC()), Sources::named);

    assertThat(rows).extracting(PromisedFigure::id).containsExactlyElementsOf(ALL);
    assertThat(rows).allSatisfy(row -> assertThat(audit.complaints(row)).as(row.id()).isEmpty());
  }

  private static PromisedFigure row(String holder, String measured, String on, String remark) {
    List<Measured> found =
        measured.isEmpty()
            ? List.of()
            : List.of(new Measured("p99", Double.parseDouble(measured), "ms"));
    return new PromisedFigure(
        "F77",
        "soon",
        List.of(new Limit("p99", Comparison.AT_MOST, 10, "ms")),
        holder.isEmpty() ? List.of() : List.of(holder),
        found,
        LocalDate.parse(on),
        "./mvnw x",
        remark);
  }

  private static List<String> sources(String name) {
    return switch (name) {
      case "ATest" ->
          List.of("void isSoon() { PromisedFigure.named(\"F77\").holds(\"p99\", it); }");
      case "OfItsOwnTest" -> List.of("void isSoon() { assertThat(it).isLessThan(20); }");
      case "OfAnotherTest" ->
          List.of("void isSoon() { PromisedFigure.named(\"F78\").holds(\"p99\", it); }");
      default -> List.of();
    };
  }

  @ParameterizedTest(name = "{4}")
  @CsvSource({
    "ATest.isSoon, 10, 2026-11-22, '', ''",
    "ATest.isSoon, 11, 2026-11-22, missed: the disk is slow here, ''",
    "'', '', 2026-11-22, open: nothing measures it yet, ''",
    "ATest.isSoon, 11, 2026-11-22, '', breaks the figure",
    "ATest.isSoon, 11, 2026-11-22, missed:, breaks the figure",
    "ATest.isSoon, 11, 2026-11-22, open: nothing measures it yet, breaks the figure",
    "ATest.isSoon, 9, 2026-11-22, missed: the disk is slow here, nothing is missed",
    "ATest.isSoon, '', 2026-11-22, '', neither measured nor said to be open",
    "ATest.isSoon, 9, 2026-11-23, '', not measured on 2026-11-23",
    "ATest.isSoon, 9, 2025-11-22, '', not measured on 2025-11-22",
    "ATest.isLater, 9, 2026-11-22, '', there is no ATest.isLater",
    "NoTest.isSoon, 9, 2026-11-22, '', there is no NoTest.isSoon",
    "OfItsOwnTest.isSoon, 9, 2026-11-22, '', asserted by none",
    "OfAnotherTest.isSoon, 9, 2026-11-22, '', asserted by none",
  })
  void isNotFooled(String holder, String measured, String on, String remark, String complaint) {
    List<String> complaints =
        new FigureAudit(TODAY, PromisedFiguresTest::sources)
            .complaints(row(holder, measured, on, remark));

    if (complaint.isEmpty()) {
      assertThat(complaints).isEmpty();
    } else {
      assertThat(complaints).anyMatch(each -> each.contains(complaint));
    }
  }
}
