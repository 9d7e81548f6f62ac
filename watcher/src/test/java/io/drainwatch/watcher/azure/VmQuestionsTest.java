package io.drainwatch.watcher.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.maintenance.MachineFate;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.TimedDesk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asking after VMs, under virtual time and without Azure. */
class VmQuestionsTest {
  private final ModelCluster time = new ModelCluster(AzureSamples.NOW);
  private final PlayedAzure azure = new PlayedAzure();
  private final List<MachineFate> counted = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final VmQuestions questions =
      new VmQuestions(azure, 2, new TimedDesk(time), time.clock(), counted::add);

  private void ask(String name) {
    questions.ask(
        "azure://" + ResourceId.vm("sub", "rg-1", name).path(),
        fate -> told.add(name + " " + fate.word()));
  }

  private void there(String name, AzureVm.Power power, String provisioning) {
    azure.with(AzureSamples.powered(ResourceId.vm("sub", "rg-1", name), power, provisioning));
  }

  private void pass(int seconds) {
    time.advance(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, Succeeded, running",
    "STOPPED, Succeeded, stopped",
    "DEALLOCATED, Succeeded, deallocated",
    "RUNNING, Failed, failed",
    "STARTING, Succeeded, unknown",
    "STOPPING, Succeeded, unknown",
    "DEALLOCATING, Succeeded, unknown",
    "UNKNOWN, Succeeded, unknown"
  })
  void tellsWhatAzureTells(AzureVm.Power power, String provisioning, String word) {
    there("vm-1", power, provisioning);
    ask("vm-1");
    pass(1);
    assertThat(told).containsExactly("vm-1 " + word);
    assertThat(counted).extracting(MachineFate::word).containsExactly(word);
  }

  @Test
  void aVmThatAzureDoesNotKnowAnyMoreIsDeleted() {
    ask("vm-1");
    pass(1);
    assertThat(told).containsExactly("vm-1 deleted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SubscriptionNotFound", "InvalidAuthenticationTokenTenant", ""})
  void a404OfAnotherKindIsNoDeletion(String code) {
    azure.notFound = code;
    ask("vm-1");
    pass(1);
    assertThat(told).containsExactly("vm-1 unknown");
  }

  @ParameterizedTest
  @EnumSource(Trouble.Kind.class)
  void troubleIsNeverAnEnd(Trouble.Kind kind) {
    azure.trouble = Optional.of(kind);
    ask("vm-1");
    pass(1);
    assertThat(told).containsExactly("vm-1 unknown");
  }

  @Test
  void asksNoMoreThanSoOftenInAMinuteAndLeavesNobodyOut() {
    for (int i = 1; i <= 5; i++) {
      there("vm-" + i, AzureVm.Power.RUNNING, "Succeeded");
      ask("vm-" + i);
    }
    pass(1);
    assertThat(told).containsExactly("vm-1 running", "vm-2 running");
    pass(58);
    assertThat(told).hasSize(2);
    pass(2);
    assertThat(told).hasSize(4);
    pass(60);
    assertThat(told).hasSize(5);
  }

  @Test
  void leavesAzureAloneAfterA429() {
    azure.trouble = Optional.of(Trouble.Kind.THROTTLED);
    ask("vm-1");
    pass(1);
    azure.trouble = Optional.empty();
    there("vm-2", AzureVm.Power.RUNNING, "Succeeded");
    ask("vm-2");
    pass(58);
    assertThat(told).containsExactly("vm-1 unknown");
    pass(5);
    assertThat(told).containsExactly("vm-1 unknown", "vm-2 running");
  }

  @Test
  void ofOneVmTheNewestQuestionWaits() {
    azure.trouble = Optional.of(Trouble.Kind.THROTTLED);
    ask("vm-0");
    pass(1);
    azure.trouble = Optional.empty();
    ask("vm-1");
    ask("vm-1");
    pass(90);
    assertThat(told).containsExactly("vm-0 unknown", "vm-1 deleted");
  }

  @Test
  void whatNamesNoVmOfAzureIsNotAskedFor() {
    for (String provider :
        List.of("", "kind://docker/x", "azure://" + AzureSamples.SET.path(), "aws:///i-1")) {
      questions.ask(provider, fate -> told.add(fate.word()));
    }
    pass(1);
    assertThat(told).containsOnly("unknown").hasSize(4);
    assertThat(counted).isEmpty();
  }
}
