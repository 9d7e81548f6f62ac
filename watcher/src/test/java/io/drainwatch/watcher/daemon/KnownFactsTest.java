package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class KnownFactsTest {
  private final List<Consumer<VmFacts>> asked = new ArrayList<>();
  private final KnownFacts facts = new KnownFacts((told, found) -> asked.add(found), Watch::idle);

  private static VmFacts vm(String name) {
    return Poller.nothingButTheName(name);
  }

  @Test
  void takesWhatFurtherFactsAreTold() {
    facts.learned(vm("a"));
    asked.getFirst().accept(vm("more-of-a"));
    assertThat(facts.get()).contains(vm("more-of-a"));
  }

  @Test
  void takesNothingThatIsToldOfTheVmBefore() {
    facts.learned(vm("a"));
    facts.learned(vm("b"));
    asked.getFirst().accept(vm("more-of-a"));
    assertThat(facts.get()).contains(vm("b"));
    asked.getLast().accept(vm("more-of-b"));
    assertThat(facts.get()).contains(vm("more-of-b"));
  }

  @Test
  void takesNothingThatIsToldTwice() {
    facts.learned(vm("a"));
    asked.getFirst().accept(vm("once"));
    asked.getFirst().accept(vm("twice"));
    assertThat(facts.get()).contains(vm("once"));
  }

  @Test
  void goesByTheRecordUntilTheMetadataServiceAnswers() {
    facts.recorded(Optional.of(vm("recorded")));
    assertThat(facts.orTheNameAlone()).isEqualTo(vm("recorded"));
    facts.learned(vm("told"));
    assertThat(facts.orTheNameAlone()).isEqualTo(vm("told"));
  }

  @Test
  void namesTheVmUnknownWhereNothingIsKnown() {
    assertThat(facts.get()).isEmpty();
    assertThat(facts.orTheNameAlone()).isEqualTo(vm("unknown"));
  }
}
