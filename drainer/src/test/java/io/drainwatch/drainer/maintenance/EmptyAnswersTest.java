package io.drainwatch.drainer.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** lifecycle.md, "Empty answers"; I10: errors, empty bodies and stale documents are no news. */
class EmptyAnswersTest extends Scenario {

  @BeforeEach
  void drainFor() {
    platform(Events.reboot("A").in("60M"));
    vm.start().run("30S");
  }

  @Test
  void emptyBodyIsNotTheEndOfAnEvent() {
    vm.answers = VirtualVm.Answers.EMPTY;
    vm.run("1M59S");
    assertThat(episode().events().getFirst().absentFrom()).isZero();
  }

  @Test
  void anErrorIsNeverNoEvents() {
    vm.answers = VirtualVm.Answers.ERROR;
    vm.run("30M");
    assertThat(episode().events().getFirst().absentFrom()).isZero();
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
  }

  @Test
  void aStaleDocumentIsNeverNoEvents() {
    vm.answers = VirtualVm.Answers.STALE;
    platform();
    vm.run("30M");
    assertThat(episode().events().getFirst().absentFrom()).isZero();
    assertThat(vm.said(Reason.STALE_DOCUMENT)).isTrue();
  }

  @Test
  void anUnbrokenRunOfTwoMinutesIsOneDocumentWithoutEvents() {
    vm.answers = VirtualVm.Answers.EMPTY;
    vm.run("2M2S");
    assertThat(episode().events().getFirst().absentFrom()).isEqualTo(1);
    vm.run("1M57S");
    assertThat(vm.episode()).as("not a second one yet").isPresent();
    vm.run("1M");
    assertThat(vm.episode()).isEmpty();
  }

  @Test
  void anErrorBreaksTheRun() {
    for (int i = 0; i < 10; i++) {
      vm.answers = VirtualVm.Answers.EMPTY;
      vm.run("1M50S");
      vm.answers = VirtualVm.Answers.ERROR;
      vm.run("1S");
    }
    assertThat(episode().events().getFirst().absentFrom()).isZero();
  }

  @Test
  void aStaleDocumentBreaksTheRun() {
    for (int i = 0; i < 10; i++) {
      vm.answers = VirtualVm.Answers.EMPTY;
      vm.run("1M50S");
      vm.answers = VirtualVm.Answers.STALE;
      vm.run("1S");
    }
    assertThat(episode().events().getFirst().absentFrom()).isZero();
  }

  @Test
  void aGapBreaksTheRun() {
    vm.polls = false;
    vm.kill().start();
    vm.answers = VirtualVm.Answers.EMPTY;
    for (int i = 0; i < 20; i++) {
      vm.poll();
      vm.run("31S");
    }
    assertThat(episode().events().getFirst().absentFrom()).isZero();
  }

  @Test
  void aClockSetBackNeitherBreaksNorLengthensTheRun() {
    vm.answers = VirtualVm.Answers.EMPTY;
    vm.run("1M50S").stepClock(Duration.ofHours(-1)).run("8S");
    assertThat(episode().events().getFirst().absentFrom()).isZero();
    vm.run("4S");
    assertThat(episode().events().getFirst().absentFrom()).isEqualTo(1);
  }

  @Test
  void aClockSetForwardDoesNotMakeARunOfTwoAnswers() {
    vm.answers = VirtualVm.Answers.EMPTY;
    vm.run("1.5S").stepClock(Duration.ofHours(1)).run("1.5S");
    assertThat(episode().events().getFirst().absentFrom()).isZero();
  }

  @Test
  void aFreezeOfTheVmDoesNotMakeAFreshDocumentOfAStaleOne() {
    Document before = new Document(java.util.OptionalLong.empty(), java.util.List.of(), vm.now());
    vm.stepClock(Duration.ofSeconds(31));
    vm.observe(new Observation.DocumentRead(before));
    assertThat(episode().events().getFirst().absentFrom()).isZero();
  }

  @Test
  void aDocumentWithTheEventStartsTheCountAnew() {
    for (int i = 0; i < 10; i++) {
      platform();
      vm.run("1S");
      platform(Events.reboot("A").in("60M"));
      vm.run("1S");
    }
    assertThat(episode().events().getFirst().absentFrom()).isZero();
    assertThat(vm.state()).contains(MaintenanceState.DRAINED);
  }
}
