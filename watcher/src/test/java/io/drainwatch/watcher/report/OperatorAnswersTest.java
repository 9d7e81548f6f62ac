package io.drainwatch.watcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OperatorAnswersTest {
  private final OperatorAnswers answers = new OperatorAnswers();
  private final Story story = new Story(answers);

  private CompletableFuture<OperatorAnswers.Answer> ask(Observation command) {
    return answers.ask(command, story::observe, Duration.ofMinutes(1));
  }

  private static Observation drain(String id) {
    return new Observation.OperatorDrain(id, "Reboot", Optional.empty());
  }

  @Test
  void answersWithTheWatchAsItStandsAfterTheCommand() {
    story.begin();
    assertThat(ask(drain("1")).join())
        .isInstanceOfSatisfying(
            OperatorAnswers.Answer.Taken.class,
            taken ->
                assertThat(taken.watch().episode().orElseThrow().entered())
                    .containsKey(MaintenanceState.MAINTENANCE_SCHEDULED));
  }

  @Test
  void refusesASecondDrainByHand() {
    story.begin();
    ask(drain("1"));
    assertThat(ask(drain("2")).join())
        .isInstanceOfSatisfying(
            OperatorAnswers.Answer.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo("already_draining"));
  }

  @Test
  void refusesToResumeWhatIsNotDrainedByHand() {
    story.begin().document(Events.reboot("A"));
    assertThat(ask(new Observation.OperatorResume()).join())
        .isInstanceOfSatisfying(
            OperatorAnswers.Answer.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo("nothing_to_resume"));
  }

  @Test
  void takesAResumeOfADrainByHand() {
    story.begin();
    ask(drain("1"));
    assertThat(ask(new Observation.OperatorResume()).join())
        .isInstanceOf(OperatorAnswers.Answer.Taken.class);
  }

  @Test
  void refusesWhileTheMachineIsNotKnown() {
    assertThat(ask(drain("1")).join())
        .isInstanceOfSatisfying(
            OperatorAnswers.Answer.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo("unknown_machine"));
  }

  @Test
  void isNotAnsweredByAnEqualCommandOfSomebodyElse() {
    story.begin();
    CompletableFuture<OperatorAnswers.Answer> mine =
        answers.ask(new Observation.OperatorResume(), command -> {}, Duration.ofMinutes(1));
    story.observe(new Observation.OperatorResume());
    assertThat(mine).isNotDone();
  }

  @Test
  void saysSoWhenTheCommandIsNotTakenInInTime() {
    assertThat(
            answers
                .ask(new Observation.OperatorResume(), command -> {}, Duration.ofMillis(1))
                .join())
        .isEqualTo(new OperatorAnswers.Answer.NotYet(Duration.ofMillis(1)));
  }
}
