package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import io.drainwatch.watcher.Drainwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same with all there is: {@code drainwatch run} with a configuration, the real checks. */
@Timeout(120)
class RunTest {
  private static final String CONFIGURATION =
      """
      drainwatch:
        metadata:
          url: %s
          poll-interval: 200ms
        state-dir: %s
        hooks:
          directories: [%s]
          recall: 1s
      micronaut:
        server:
          port: -1
      """;

  private Optional<Path> directory = Optional.empty();

  @BeforeEach
  void findASafePlace() throws IOException {
    for (Path base : List.of(Path.of("target"), Path.of(System.getProperty("user.home")))) {
      if (directory.isEmpty() && Files.isWritable(base)) {
        Path made = Files.createTempDirectory(base.toAbsolutePath(), "drainwatch-run-test-");
        Path script = ScriptFixtures.in(made).hook(Hook.DRAIN, "10-a", "");
        if (SafetyCheck.full().refuses(script).isEmpty()) {
          directory = Optional.of(made);
        } else {
          delete(made);
        }
      }
    }
    assumeTrue(directory.isPresent(), "others can write on the way to target/ and to the home");
  }

  @AfterEach
  void delete() throws IOException {
    if (directory.isPresent()) {
      delete(directory.get());
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void goesOnAfterTermAndAfterKill() throws Exception {
    try (KilledVm vm = new KilledVm(directory.orElseThrow(), RunTest::run)) {
      vm.hold(Hook.DRAIN);
      vm.hold(Hook.RUNNING);
      String id =
          vm.simulator()
              .schedule(TestVm.event("Reboot").approvalDelay(Duration.ofMinutes(10)).build());

      vm.awaitBegin(Hook.DRAIN);
      // the promise is 5 s; a busy machine may take a while to end the JVM itself
      assertThat(vm.terminate()).isLessThan(Duration.ofSeconds(10));
      vm.letGo(Hook.DRAIN);
      vm.startAgain();
      vm.awaitAccepted();
      vm.simulator().startNow(id);
      vm.awaitSuccess(Hook.STARTED);
      vm.simulator().endNow(id);
      vm.killIn(Hook.RUNNING);
      vm.startAgain();
      vm.awaitOver();

      String episode = id + "/" + TestVm.NAME;
      assertThat(vm.diary())
          .contains(
              "end drain/10-a " + episode + " 1",
              "end drain/20-b " + episode + " 2",
              "end running/20-b " + episode + " 2",
              "end uncordon/20-b " + episode + " 1")
          .doesNotContain("begin drain/10-a " + episode + " 2")
          .doesNotContain("end drain/20-b " + episode + " 1");
      assertThat(vm.posts()).containsExactly(id);
      assertThat(vm.history())
          .singleElement()
          .satisfies(summary -> assertThat(summary.path("ending").asText()).isEqualTo("RETURNED"));
    }
  }

  private static Process run(String metadataService, ScriptFixtures scripts) throws Exception {
    Path file = scripts.root().resolve("drainwatch.yml");
    Files.writeString(
        file,
        CONFIGURATION.formatted(
            metadataService, scripts.root().resolve("state"), scripts.operator()));
    return DaemonProcess.java(Drainwatch.class.getName(), "run", "--config", file.toString());
  }
}
