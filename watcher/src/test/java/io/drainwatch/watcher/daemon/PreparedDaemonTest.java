package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever must be able to stop a daemon at any moment has it before it does anything. */
@Timeout(60)
class PreparedDaemonTest {
  @TempDir private Path directory;

  @Test
  void doesNothingWhenItIsStoppedBeforeItBegins() throws Exception {
    Seen neverBegun = new Seen();
    try (TestVm vm = TestVm.in(directory)) {
      Daemon prepared =
          Daemon.prepare(vm.settings(), vm.surroundings(), Optional.empty(), List.of(neverBegun));
      prepared.close();
      prepared.begin();

      vm.start(); // the state directory is free
      vm.seen().awaitPolls(5);
      assertThat(neverBegun.polls()).isZero();
      assertThat(neverBegun.steps()).isZero();
    }
  }
}
