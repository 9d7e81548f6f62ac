package io.drainwatch.watcher.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformDatesTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Mon, 19 Sep 2016 18:29:47 GMT | 2016-09-19T18:29:47Z",
        "Mon, 11 Apr 2026 22:26:58 GMT | 2026-04-11T22:26:58Z",
        "Mon, 19 Sep 2025 18:29:47 GMT | 2025-09-19T18:29:47Z",
        "19 Sep 2025 18:29:47 GMT      | 2025-09-19T18:29:47Z",
        "Fri, 5 Sep 2025 18:29:47 utc  | 2025-09-05T18:29:47Z",
        "Fri, 05 Sep 2025 20:29:47 +0200 | 2025-09-05T18:29:47Z",
        "2026-04-29T18:00:00Z          | 2026-04-29T18:00:00Z",
        "2026-04-29T18:00:00.1234567Z  | 2026-04-29T18:00:00.1234567Z",
        "2026-04-29T18:00:00-02:00     | 2026-04-29T20:00:00Z",
        "Tue, 19 Jan 2038 03:14:08 GMT | 2038-01-19T03:14:08Z",
      })
  void readsTheDate(String text, Instant moment) {
    assertThat(PlatformDates.read(text)).contains(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "soon",
        "03/06/2026 08:00",
        "2026-04-29",
        "2026-04-29T18:00:00",
        "Mon, 11 Apr 2026",
        "Mon, 11 Apr 2026 25:00:00 GMT",
        "Mon, 41 Apr 2026 22:26:58 GMT",
        "1780301700"
      })
  void findsNoDateWhereThereIsNone(String text) {
    assertThat(PlatformDates.read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "+999999999-12-31T23:59:59Z"
      })
  void anEmptyDateOfThePlatformIsNoDeadlineInThePast(String text) {
    assertThat(PlatformDates.read(text)).isEmpty();
  }

  @Property(tries = 500)
  void theWeekdayNeverMatters(
      @ForAll("moments") Instant moment, @ForAll @IntRange(max = 6) int day) {
    String[] weekdays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    String date =
        DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss", Locale.ENGLISH)
            .format(moment.atOffset(ZoneOffset.UTC));

    assertThat(PlatformDates.read(weekdays[day] + ", " + date + " GMT")).contains(moment);
    assertThat(PlatformDates.read(weekdays[day] + ", " + date + " UTC")).contains(moment);
  }

  @Property(tries = 500)
  void isoDatesComeBackAsTheyAre(
      @ForAll("moments") Instant moment, @ForAll @IntRange(min = -18, max = 18) int hours) {
    String date =
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.atOffset(ZoneOffset.ofHours(hours)));

    assertThat(PlatformDates.read(date)).contains(moment);
  }

  @Property(tries = 1_000)
  void noTextIsTooOdd(@ForAll String text) {
    PlatformDates.read(text)
        .ifPresent(
            moment ->
                assertThat(moment)
                    .isBetween(
                        Instant.parse("2000-01-01T00:00:00Z"),
                        Instant.parse("3000-01-01T00:00:00Z")));
  }

  @Provide
  Arbitrary<Instant> moments() {
    long from = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    long until = Instant.parse("2999-12-31T23:59:59Z").getEpochSecond();
    return Arbitraries.longs().between(from, until).map(Instant::ofEpochSecond);
  }
}
