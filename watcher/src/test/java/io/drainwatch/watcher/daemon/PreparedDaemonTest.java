package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

  @Test
  void startsAndMakesNothingAheadOnceItIsStopped() throws Exception {
    CompletableFuture<Thread> ahead = new CompletableFuture<>();
    CompletableFuture<Boolean> stopping = new CompletableFuture<>();
    try (TestVm vm = TestVm.in(directory)) {
      Surroundings real = vm.surroundings();
      InstantSource clock =
          () -> {
            if (Thread.currentThread().getName().equals("drainwatch-warm-up")) {
              ahead.complete(Thread.currentThread());
              stopping.join(); // waits on when it is interrupted
            }
            return real.clock().instant();
          };
      Daemon daemon =
          Daemon.start(
              vm.settings(),
              new Surroundings(
                  clock,
                  real.nanoseconds(),
                  real.bootId(),
                  real.environment(),
                  real.slipStreamWork()),
              Optional.of(new NodeThatTellsOfTheStop(stopping)),
              List.of());
      Thread warming = ahead.join();
      Files.delete(daemon.stateDirectory().resolve("work")); // whoever starts a process makes it
      daemon.close();

      assertThat(warming.join(Duration.ofSeconds(30))).isTrue();
      assertThat(daemon.stateDirectory())
          .as("no process was started")
          .isDirectoryNotContaining(each -> each.endsWith("work"));
    }
  }

  private static final class NodeThatTellsOfTheStop extends SilentNode {
    private final CompletableFuture<Boolean> stopping;

    NodeThatTellsOfTheStop(CompletableFuture<Boolean> stopping) {
      this.stopping = stopping;
    }

    @Override
    public void close() {
      stopping.complete(true);
    }
  }
}
