package io.drainwatch.watcher.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CourseTest {
  private static final Instant BEGIN = Instant.parse("2026-11-21T12:00:00Z");
  private static final Sight NOTHING = new Sight.Nothing();
  private static final Sight SILENT = new Sight.Silent();
  private static final Course.Ended DONE = new Course.Ended(Optional.empty());

  private Course course = Course.begun(BEGIN, true);
  private Instant now = BEGIN;

  private CourseTest sees(Sight sight) {
    now = now.plusSeconds(10);
    course = course.seeing(sight, now);
    return this;
  }

  private CourseTest sees(String state, boolean drained, boolean acknowledged) {
    return sees(new Sight.Maintained(state, drained, acknowledged));
  }

  private CourseTest azureHasDoneIt() {
    course = course.ended(DONE, now);
    return this;
  }

  @Test
  void passesWhenDrainedBeforeItBeganAndBack() {
    sees(NOTHING).sees("Draining", false, false).sees("Draining", false, false);
    sees("Drained", true, false).sees("Drained", true, true).sees(SILENT).sees(SILENT);
    sees("MaintenanceStarted", true, true).azureHasDoneIt();
    assertThat(course.isOver()).isFalse();
    sees("Running", true, true).sees(NOTHING);

    assertThat(course.isOver()).isTrue();
    assertThat(course.verdict())
        .isEqualTo(
            new Course.Verdict(
                true, "Drained before it began, acknowledged, and back in service."));
    assertThat(course.lines())
        .containsExactly(
            "    0 s  Azure has taken the order",
            "   20 s  Draining",
            "   40 s  Drained",
            "   50 s  acknowledged",
            "   60 s  nobody answers",
            "   80 s  MaintenanceStarted",
            "   80 s  Azure has done it",
            "   90 s  Running",
            "  100 s  the maintenance is over");
  }

  @Test
  void failsWhenItBeganFirst() {
    sees("Draining", false, false).sees("MaintenanceStarted", false, false);
    sees("MaintenanceStarted", true, false).sees(NOTHING).azureHasDoneIt();

    assertThat(course.verdict().passed()).isFalse();
    assertThat(course.verdict().sentence()).contains("began before");
  }

  @Test
  void failsWhenNothingWasDrainedOrSeen() {
    assertThat(course.verdict().sentence()).startsWith("No maintenance was seen");
    sees("MaintenanceStarted", false, false).sees(NOTHING).azureHasDoneIt();
    assertThat(course.verdict().sentence()).contains("not drained");
  }

  @Test
  void failsWhenItDoesNotComeBack() {
    sees("Drained", true, true).sees("MaintenanceStarted", true, true).azureHasDoneIt();

    assertThat(course.isOver()).isFalse();
    assertThat(course.verdict().passed()).isFalse();
  }

  @Test
  void isNotOverBeforeAzureHasDoneIt() {
    sees("Drained", true, true).sees("MaintenanceStarted", true, true).sees(NOTHING);

    assertThat(course.isOver()).isFalse();
    assertThat(course.verdict().passed()).isFalse();
    azureHasDoneIt();
    assertThat(course.isOver()).isTrue();
    assertThat(course.verdict().passed()).isTrue();
  }

  @Test
  void endsWithAFailureOfAzure() {
    course = course.ended(new Course.Ended(Optional.of("No room.")), now);

    assertThat(course.isOver()).isTrue();
    assertThat(course.verdict())
        .isEqualTo(new Course.Verdict(false, "Azure did not do it: No room."));
  }

  @Test
  void anEvictedVmNeedNotComeBack() {
    course = Course.begun(BEGIN, false);
    azureHasDoneIt().sees("Drained", true, true).sees(SILENT);

    assertThat(course.isOver()).isTrue();
    assertThat(course.verdict().passed()).isTrue();
  }
}
