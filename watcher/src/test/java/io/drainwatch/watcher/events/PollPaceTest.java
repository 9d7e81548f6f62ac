package io.drainwatch.watcher.events;

import static io.drainwatch.watcher.events.ErrorKind.NOT_FOUND;
import static io.drainwatch.watcher.events.ErrorKind.SERVER_ERROR;
import static io.drainwatch.watcher.events.ErrorKind.TIMEOUT;
import static io.drainwatch.watcher.events.ErrorKind.TOO_MANY_REQUESTS;
import static io.drainwatch.watcher.events.ErrorKind.UPDATING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drainwatch.watcher.events.PollPace.Run;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of azure-scheduled-events.md, section 9. No clock: only the delays handed out. */
class PollPaceTest {
  private static final PollPace PACE = new PollPace(Duration.ofSeconds(1));

  private static List<Long> delays(PollPace pace, ErrorKind... kinds) {
    Run[] run = {Run.none()};
    return Stream.of(kinds)
        .map(
            kind -> {
              run[0] = run[0].and(kind);
              return pace.delayAfter(run[0], Optional.empty()).toSeconds();
            })
        .toList();
  }

  private static Run times(int times, ErrorKind kind) {
    Run run = Run.none();
    for (int i = 0; i < times; i++) {
      run = run.and(kind);
    }
    return run;
  }

  private static ErrorKind[] row(int length, ErrorKind kind) {
    return Stream.generate(() -> kind).limit(length).toArray(ErrorKind[]::new);
  }

  @Test
  void keepsTheIntervalWhileAllIsWell() {
    assertThat(PACE.delayAfter(Run.none(), Optional.empty())).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest(name = "section 9: {0} waits {1} s")
  @CsvSource({
    "NOT_FOUND, 1 2 4 4 4 4",
    "SERVER_ERROR, 1 2 4 4 4 4",
    "TOO_MANY_REQUESTS, 2 4 8 16 16 16",
    "UPDATING, 5 5 5 5 5 5",
    "NOT_A_DOCUMENT, 1 1 1 1 1 1",
    "BAD_REQUEST, 1 1 1 1 1 1",
    "NOT_THIS_SERVICE, 1 1 1 1 1 1",
    "UNEXPECTED_STATUS, 1 1 1 1 1 1",
    "TIMEOUT, 1 1 1 1 1 1",
    "UNREACHABLE, 1 1 1 1 1 1",
    "CONNECTION_LOST, 1 1 1 1 1 1",
    "CANCELLED, 1 1 1 1 1 1",
  })
  void backsOffByTheTable(ErrorKind kind, String seconds) {
    assertThat(
            delays(PACE, row(6, kind)).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" ")))
        .isEqualTo(seconds);
  }

  @Test
  void waitsForAnUpdateFor70SecondsAndNoLonger() {
    List<Long> delays = delays(PACE, row(20, UPDATING));

    assertThat(delays.stream().limit(14).mapToLong(s -> s).sum()).isEqualTo(70);
    assertThat(delays.subList(14, 20)).containsOnly(1L);
  }

  @Test
  void anotherKindBeginsAnew() {
    assertThat(
            delays(
                PACE,
                NOT_FOUND,
                NOT_FOUND,
                NOT_FOUND,
                SERVER_ERROR,
                SERVER_ERROR,
                TIMEOUT,
                NOT_FOUND))
        .containsExactly(1L, 2L, 4L, 1L, 2L, 1L, 1L);
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"NOT_FOUND", "UPDATING", "TOO_MANY_REQUESTS", "SERVER_ERROR"})
  void honoursRetryAfterOfTheService(ErrorKind kind) {
    assertThat(PACE.delayAfter(times(1, kind), Optional.of(Duration.ofSeconds(33))))
        .isEqualTo(Duration.ofSeconds(33));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"NOT_THIS_SERVICE", "UNEXPECTED_STATUS", "BAD_REQUEST"})
  void doesNotLetSomethingElseSlowItDown(ErrorKind kind) {
    assertThat(PACE.delayAfter(times(1, kind), Optional.of(Duration.ofSeconds(33))))
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void retryAfterZeroIsNoInvitationToHurry() {
    assertThat(PACE.delayAfter(times(3, TOO_MANY_REQUESTS), Optional.of(Duration.ZERO)))
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aBackOffNeverMakesPollingFaster() {
    PollPace slow = new PollPace(Duration.ofSeconds(10));

    assertThat(delays(slow, NOT_FOUND, UPDATING, TOO_MANY_REQUESTS)).containsOnly(10L);
  }

  @Test
  void refusesAnIntervalOfNothing() {
    assertThatThrownBy(() -> new PollPace(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
