package io.drainwatch.watcher.events;

import static io.drainwatch.watcher.events.Fixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.watcher.events.Answer.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Version, pace and health together, in virtual time. */
class PollCourseTest {
  private static final MetadataSettings SETTINGS = MetadataSettings.defaults();
  private final PollCourse fresh = PollCourse.begin(SETTINGS);

  private static PollCourse after(PollCourse course, int times, int status) {
    PollCourse next = course;
    for (int i = 0; i < times; i++) {
      next = next.afterFailure(status(status));
    }
    return next;
  }

  private static Failure status(int status) {
    return Failure.ofStatus("GET", status, new byte[0], Optional.empty());
  }

  private static Failure timeout() {
    return Failure.noAnswer("GET", ErrorKind.TIMEOUT, "timeout");
  }

  private static ClientState stateAfter(PollCourse course) {
    return course.health().state();
  }

  @Test
  void isWarmingUntilTheFirstDocument() {
    assertThat(stateAfter(fresh)).isEqualTo(ClientState.WARMING);
    assertThat(stateAfter(fresh.afterEmptyBody())).isEqualTo(ClientState.WARMING);
    assertThat(stateAfter(after(fresh, 9, 500))).isEqualTo(ClientState.WARMING);
    assertThat(stateAfter(fresh.afterDocument(NOW))).isEqualTo(ClientState.OK);
  }

  @Test
  void isDegradedAfterTenFailuresInARow() {
    PollCourse ok = fresh.afterDocument(NOW);

    assertThat(stateAfter(after(ok, 9, 500))).isEqualTo(ClientState.OK);
    assertThat(stateAfter(after(ok, 10, 500))).isEqualTo(ClientState.DEGRADED);
    assertThat(stateAfter(after(fresh, 10, 500))).isEqualTo(ClientState.DEGRADED);
  }

  @Test
  void recoversWithTheNextAnswer() {
    PollCourse degraded = after(fresh.afterDocument(NOW), 10, 500);

    assertThat(stateAfter(degraded.afterDocument(NOW))).isEqualTo(ClientState.OK);
    assertThat(stateAfter(degraded.afterEmptyBody())).isEqualTo(ClientState.OK);
    assertThat(degraded.afterDocument(NOW).nextPollIn()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void anEmptyBodyBreaksTheRowOfFailures() {
    PollCourse course = after(fresh.afterDocument(NOW), 9, 500).afterEmptyBody();

    assertThat(stateAfter(after(course, 9, 500))).isEqualTo(ClientState.OK);
  }

  @Test
  void remembersWhenTheLastDocumentWasRead() {
    PollCourse course = after(fresh.afterDocument(NOW).afterEmptyBody(), 3, 500);

    assertThat(course.status().lastValidAt()).contains(NOW);
    assertThat(course.status().failuresInARow()).isEqualTo(3);
    assertThat(course.next()).contains("the document of " + NOW + " stands", "asking again in 4 s");
  }

  @Test
  void waitsLongOnlyUntilTheServiceHasAnswered() {
    assertThat(fresh.limit(SETTINGS)).isEqualTo(Duration.ofSeconds(150));
    assertThat(fresh.afterFailure(timeout()).limit(SETTINGS)).isEqualTo(Duration.ofSeconds(150));
    assertThat(fresh.afterDocument(NOW).limit(SETTINGS)).isEqualTo(Duration.ofSeconds(10));
    assertThat(fresh.afterEmptyBody().limit(SETTINGS)).isEqualTo(Duration.ofSeconds(10));
    assertThat(fresh.afterDocument(NOW).afterFailure(timeout()).limit(SETTINGS))
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void walksDownAllVersionsWithin404sAndThenKeepsToTheConfiguredOne() {
    List<String> asked = new ArrayList<>();
    List<Long> delays = new ArrayList<>();
    PollCourse course = fresh;
    for (int i = 0; i < 26; i++) {
      asked.add(course.negotiation().version());
      course = course.afterFailure(status(404));
      delays.add(course.nextPollIn().toSeconds());
    }

    assertThat(delays.subList(0, 8)).containsExactly(1L, 2L, 4L, 1L, 1L, 2L, 4L, 1L);
    assertThat(delays.subList(20, 26)).containsExactly(1L, 2L, 4L, 4L, 4L, 4L);
    assertThat(asked.subList(0, 5))
        .containsExactly("2020-07-01", "2020-07-01", "2020-07-01", "2020-07-01", "2019-08-01");
    assertThat(asked.get(23)).isEqualTo("2017-08-01");
    assertThat(asked.subList(24, 26)).containsOnly("2020-07-01");
    assertThat(course.next())
        .contains("none of the api-versions 2020-07-01, 2019-08-01,", "keeping to 2020-07-01");
  }

  @Test
  void saysWhichVersionItStepsDownTo() {
    PollCourse course = after(fresh, 1, 400);

    assertThat(course.next())
        .isEqualTo(
            "there is no document yet, stepping down to api-version 2019-08-01, asking again in"
                + " 1 s");
    assertThat(course.status().version()).isEqualTo("2019-08-01");
    assertThat(course.status().versionConfirmed()).isFalse();
  }

  @Test
  void a400LaterIsNoReasonToStepDown() {
    PollCourse course = after(fresh.afterDocument(NOW), 5, 400);

    assertThat(course.status().version()).isEqualTo("2020-07-01");
    assertThat(course.status().versionConfirmed()).isTrue();
    assertThat(course.nextPollIn()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void asksAgainAfterTheRetryAfterItWasTold() {
    PollCourse course =
        fresh.afterFailure(
            Failure.ofStatus("GET", 429, new byte[0], Optional.of(Duration.ofMillis(7_500))));

    assertThat(course.nextPollIn()).isEqualTo(Duration.ofMillis(7_500));
    assertThat(course.next()).endsWith("asking again in 7.5 s");
  }

  @Test
  void givingUpOurselvesIsNoFailureOfTheService() {
    PollCourse course = fresh;
    for (int i = 0; i < 20; i++) {
      course = course.afterFailure(Failure.noAnswer("GET", ErrorKind.CANCELLED, "closed"));
    }

    assertThat(stateAfter(course)).isEqualTo(ClientState.WARMING);
    assertThat(course.status().failuresInARow()).isZero();
  }
}
