package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drainwatch.drainer.context.FactSources;
import io.drainwatch.drainer.context.VmFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FurtherFactsTest {
  @TempDir private Path directory;

  private record Asked(VmFacts told, Consumer<VmFacts> found) {}

  @Test
  void nobodyWaitsForWhoKnowsMoreAndWhatTheyTellCountsFromThenOn() throws Exception {
    BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    Seen seen = new Seen();
    try (TestVm vm = TestVm.in(directory);
        Daemon daemon =
            Daemon.prepare(
                vm.settings(),
                vm.surroundings().with((told, found) -> asked.add(new Asked(told, found))),
                Optional.empty(),
                List.of(seen))) {
      daemon.begin();
      seen.awaitPolls(3);
      Asked question = asked.poll(20, TimeUnit.SECONDS);
      assertThat(question).isNotNull();
      assertThat(daemon.facts()).contains(question.told());

      VmFacts more = more(question.told());
      question.found().accept(more);

      await().until(() -> daemon.facts().equals(Optional.of(more)));
      assertThat(asked).as("once").isEmpty();
    }
  }

  private static VmFacts more(VmFacts told) {
    return new VmFacts(
        told.name(),
        told.vmId(),
        told.resourceId(),
        told.priority(),
        Optional.of("Deallocate"),
        told.scaleSet(),
        told.zone(),
        told.disks(),
        Optional.of(
            new FactSources(
                Optional.of(FactSources.RESOURCE_MANAGER), Optional.empty(), Optional.empty())));
  }
}
