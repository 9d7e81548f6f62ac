package io.drainwatch.watcher.configuration;

import static io.drainwatch.watcher.configuration.Readings.faults;
import static io.drainwatch.watcher.configuration.Readings.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarWindowsTest {

  @ParameterizedTest(name = "at {0} the next opening is {1}")
  @CsvSource({
    "2026-06-01T09:59:59.999Z, 2026-06-01T10:00:00Z",
    "2026-06-01T10:00:00Z,     2026-06-01T10:00:00Z",
    "2026-06-01T11:59:59.999Z, 2026-06-01T11:59:59.999Z",
    "2026-06-01T12:00:00Z,     2026-06-02T10:00:00Z",
  })
  void isOpenFromTheFirstMinuteUpToTheLast(Instant at, Instant expected) {
    assertThat(window("from", "10:00", "to", "12:00").nextOpening("w", at)).contains(expected);
  }

  @ParameterizedTest(name = "at {0} the next opening is {1}")
  @CsvSource({
    "2026-06-01T21:59:00Z, 2026-06-01T22:00:00Z",
    "2026-06-01T23:59:59Z, 2026-06-01T23:59:59Z",
    "2026-06-02T00:00:00Z, 2026-06-02T00:00:00Z",
    "2026-06-02T05:59:59Z, 2026-06-02T05:59:59Z",
    "2026-06-02T06:00:00Z, 2026-06-02T22:00:00Z",
  })
  void crossesMidnight(Instant at, Instant expected) {
    assertThat(window("from", "22:00", "to", "06:00").nextOpening("w", at)).contains(expected);
  }

  @ParameterizedTest(name = "at {0} the next opening is {1}")
  @CsvSource({
    // 2026-06-05 is a Friday
    "2026-06-05T12:00:00Z, 2026-06-05T22:00:00Z",
    "2026-06-06T03:00:00Z, 2026-06-06T03:00:00Z",
    "2026-06-06T22:30:00Z, 2026-06-12T22:00:00Z",
    "2026-06-05T03:00:00Z, 2026-06-05T22:00:00Z",
  })
  void aNightBelongsToTheDayItBeginsOn(Instant at, Instant expected) {
    assertThat(window("from", "22:00", "to", "06:00", "days", "Fri").nextOpening("w", at))
        .contains(expected);
  }

  @ParameterizedTest(name = "at {0} the next opening is {1}")
  @CsvSource({
    "2026-12-23T23:00:00Z, 2026-12-23T23:00:00Z",
    "2026-12-24T00:00:00Z, 2026-12-25T22:00:00Z",
    "2026-12-24T23:00:00Z, 2026-12-25T22:00:00Z",
    "2026-12-25T03:00:00Z, 2026-12-25T22:00:00Z",
  })
  void keepsAnExceptedDateClosedWithTheNightThatBeginsOnIt(Instant at, Instant expected) {
    assertThat(window("from", "22:00", "to", "06:00", "except", "2026-12-24").nextOpening("w", at))
        .contains(expected);
  }

  @ParameterizedTest(name = "at {0} the next opening is {1}")
  @CsvSource({
    // summer time begins: 02:00 to 03:00 does not exist
    "2026-03-28T12:00:00Z, 2026-03-29T01:30:00Z",
    // an ordinary summer day: two hours ahead
    "2026-06-01T12:00:00Z, 2026-06-02T00:30:00Z",
    // an ordinary winter day: one hour ahead
    "2026-12-01T12:00:00Z, 2026-12-02T01:30:00Z",
    // summer time ends: 02:30 comes twice, the later one counts
    "2026-10-24T12:00:00Z, 2026-10-25T01:30:00Z",
  })
  void keepsToTheClockOfItsZone(Instant at, Instant expected) {
    assertThat(window("from", "02:30", "to", "05:00", "zone", "Europe/Zurich").nextOpening("w", at))
        .contains(expected);
  }

  @Test
  void withoutTimesIsOpenAllDay() {
    Windows weekdays = window("days", List.of("Mon", "Tue", "Wed", "Thu", "Fri"));

    assertThat(weekdays.isOpen("w", Instant.parse("2026-06-05T23:59:59.999Z"))).isTrue();
    assertThat(weekdays.nextOpening("w", Instant.parse("2026-06-06T00:00:00Z")))
        .contains(Instant.parse("2026-06-08T00:00:00Z"));
  }

  @Test
  void endsWithTheDay() {
    for (String end : List.of("24:00", "00:00")) {
      Windows evening = window("from", "22:00", "to", end);

      assertThat(evening.isOpen("w", Instant.parse("2026-06-05T23:59:59.999Z"))).isTrue();
      assertThat(evening.isOpen("w", Instant.parse("2026-06-06T00:00:00Z"))).isFalse();
    }
  }

  @Test
  void findsTheOpeningBehindManyExceptedDates() {
    List<String> sundays =
        List.of("2026-06-07", "2026-06-14", "2026-06-21", "2026-06-28", "2026-07-05", "2026-07-12");

    assertThat(
            window("from", "10:00", "to", "11:00", "days", "Sun", "except", sundays)
                .nextOpening("w", Instant.parse("2026-06-07T10:30:00Z")))
        .contains(Instant.parse("2026-07-19T10:00:00Z"));
  }

  @Test
  void holdsNoDrainForAWindowNobodyConfigured() {
    Instant now = Instant.parse("2026-06-05T12:00:00Z");

    assertThat(window("from", "22:00").nextOpening("of an older configuration", now)).contains(now);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "-1000000000-01-01T00:00:00Z",
        "1960-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59Z"
      })
  void answersForMomentsOutsideOfAnyCalendar(Instant at) {
    assertThat(window("from", "22:00").nextOpening("w", at)).isEmpty();
  }

  @Property(tries = 300)
  void opensNeitherBeforeTheMomentAskedForNorTwiceOnTheWay(
      @ForAll @LongRange(min = 1_700_000_000, max = 1_900_000_000) long second,
      @ForAll @IntRange(max = 23) int from,
      @ForAll @IntRange(max = 23) int to) {
    Windows window =
        window(
            "from", "%02d:15".formatted(from),
            "to", "%02d:45".formatted(to),
            "zone", "America/New_York");
    Instant after = Instant.ofEpochSecond(second);

    Instant opening = window.nextOpening("w", after).orElseThrow();

    assertThat(opening).isAfterOrEqualTo(after).isBefore(after.plus(Duration.ofDays(3)));
    assertThat(window.isOpen("w", opening)).isTrue();
    for (Instant at = after; at.isBefore(opening); at = at.plus(Duration.ofMinutes(10))) {
      assertThat(window.isOpen("w", at)).isFalse();
    }
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "from, 24:00",
    "from, 7:00",
    "from, 1320",
    "to, 25:00",
    "to, 06:00:00",
    "days, Funday",
    "zone, Mars/Olympus",
    "except, 24.12.2026",
    "except, 2026-02-30",
  })
  void refusesWhatIsNoWindow(String key, String value) {
    assertThat(faults(Map.of("drainwatch.windows.w." + key, value))).hasSize(1);
  }

  @Test
  void refusesAWindowThatNeverOpens() {
    assertThat(
            faults(
                Map.of("drainwatch.windows.w.from", "10:00", "drainwatch.windows.w.to", "10:00")))
        .hasSize(1);
    assertThat(faults(Map.of("drainwatch.windows.w.days", List.of()))).hasSize(1);
    assertThat(faults(Map.of("drainwatch.windows.Night.from", "10:00"))).hasSize(1);
  }

  private static Windows window(Object... keysAndValues) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put("drainwatch.windows.w." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return settings(values).lifecycle().windows();
  }
}
