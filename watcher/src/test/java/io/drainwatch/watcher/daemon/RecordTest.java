package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.record.Journal;
import io.drainwatch.watcher.record.StateDirectory;
import io.drainwatch.watcher.record.StateDirectoryException;
import io.drainwatch.watcher.record.StateView;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The record on the disk, as daemon, scripts and the next daemon see it. */
@Timeout(60)
class RecordTest {
  private static final String WAITS = "echo ready; until [ -e go ]; do sleep 0.02; done";

  @TempDir private Path directory;
  private TestVm vm;

  @BeforeEach
  void makeVm() {
    vm = TestVm.in(directory);
  }

  @AfterEach
  void closeVm() {
    vm.close();
  }

  @Test
  void aScriptFindsItsOwnBeginningInTheJournal() {
    vm.hook(
            Hook.DRAIN,
            "10-a",
            "tail -n 1 ../journal.jsonl"
                + " | grep -o '\"name\":\"10-a\",\"contract\":\"NATIVE\",\"row\":0,\"phase\":\"[A-Z]*\",\"attempts\":[0-9]*'")
        .start();

    vm.endOnceStarted(vm.publish("Reboot"));

    assertThat(vm.seen().said(Hook.DRAIN, "10-a"))
        .containsExactly(
            "\"name\":\"10-a\",\"contract\":\"NATIVE\",\"row\":0,\"phase\":\"BEGUN\",\"attempts\":1");
  }

  @Test
  @DisplayName("a daemon that is stopped is gone within 5 s, and the next one goes on")
  void stopsWithinFiveSecondsAndIsResumed() {
    vm.hook(
            Hook.DRAIN,
            "10-a",
            "trap '' TERM; echo $DRAIN_ID $DRAIN_ATTEMPT; until [ -e go ]; do sleep 0.1; done")
        .start();
    String id = vm.publish("Reboot");
    vm.seen().await("said drain/10-a");

    long begin = System.nanoTime();
    vm.stop();
    assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
    vm.seen().await("end drain/10-a #1: ended");
    assertThat(vm.seen().lines("notify")).noneMatch(line -> line.contains("FAILED"));

    vm.put("go");
    vm.start();
    vm.endOnceStarted(id);
    String episode = id + "/" + TestVm.NAME;
    assertThat(vm.seen().said(Hook.DRAIN, "10-a")).containsExactly(episode + " 1", episode + " 2");
    assertThat(vm.posts()).containsExactly(id);
  }

  @Test
  void aSecondDaemonOnTheSameDirectoryIsRefused() {
    vm.start();

    assertThatThrownBy(() -> Daemon.start(vm.settings(), vm.surroundings(), List.of()))
        .isInstanceOf(StateDirectoryException.class)
        .hasMessageContaining(vm.state().toString());

    vm.seen().awaitPolls(2); // the first one does not mind
  }

  @Test
  void aDirectoryThatIsNoneIsRefused() throws IOException {
    Files.writeString(vm.state(), "a file");

    assertThatThrownBy(() -> Daemon.start(vm.settings(), vm.surroundings(), List.of()))
        .isInstanceOf(StateDirectoryException.class)
        .hasMessageContaining(vm.state().toString());
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsRefused() throws IOException {
    Files.createDirectory(vm.state());
    Files.setPosixFilePermissions(vm.state(), PosixFilePermissions.fromString("r-x------"));
    assumeTrue(!Files.isWritable(vm.state()), "root may write everywhere");

    assertThatThrownBy(() -> Daemon.start(vm.settings(), vm.surroundings(), List.of()))
        .isInstanceOf(StateDirectoryException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void anUnreadableJournalIsKeptAsideAndANewOneBegun() throws IOException {
    Files.createDirectory(vm.state());
    Files.setPosixFilePermissions(vm.state(), PosixFilePermissions.fromString("rwx------"));
    Files.writeString(vm.state().resolve("journal.jsonl"), "no journal\n");

    vm.start();
    vm.endOnceStarted(vm.publish("Reboot"));

    assertThat(Files.readString(vm.state().resolve("journal.unreadable-1")))
        .isEqualTo("no journal\n");
    assertThat(vm.posts()).hasSize(1);
  }

  @Test
  void aRecordThatIsNoEpisodeIsKeptAsideAndNothingOfItDone() throws Exception {
    vm.hook(Hook.DRAIN, "10-a", WAITS).hook(Hook.UNCORDON, "10-a", "echo uncordon").start();
    String id = vm.publish("Reboot");
    vm.seen().await("said drain/10-a: ready");
    vm.stop();
    vm.simulator().cancel(id);
    ObjectNode record = StateView.of(vm.state()).lastEntry().orElseThrow().record();
    record.withObject("episode").put("state", "NO_SUCH_STATE");
    try (StateDirectory directory = StateDirectory.open(vm.state())) {
      Journal.open(directory).journal().append(record, vm.clock().instant());
    }

    vm.start();
    vm.seen().awaitPolls(3);

    assertThat(keptAside()).hasSize(1);
    assertThat(vm.seen().lines("start uncordon")).isEmpty();
    assertThat(vm.daemon().watch().episode()).isEmpty();
  }

  @Test
  void anotherMachinesRecordIsKeptAsideAndNothingOfItDone() throws Exception {
    vm.hook(Hook.DRAIN, "10-a", WAITS).hook(Hook.UNCORDON, "10-a", "echo uncordon").start();
    vm.publish("Reboot");
    vm.seen().await("said drain/10-a: ready");
    vm.stop();

    try (TestVm other = TestVm.in(directory, SimulatedVm.named(TestVm.NAME).with("vmId", "B"))) {
      other.reboot();
      other.seen().await("notify FOREIGN_RECORD");
      other.seen().awaitPolls(3);

      assertThat(other.seen().lines("start")).isEmpty();
      assertThat(other.daemon().watch().episode()).isEmpty();
      assertThat(keptAside())
          .singleElement()
          .satisfies(file -> assertThat(Files.readString(file)).contains("\"DRAINING\""));
      other.restart();
      other.seen().awaitPolls(3);
      assertThat(other.seen().lines("notify FOREIGN_RECORD")).as("said once").hasSize(1);
    }
  }

  private List<Path> keptAside() throws IOException {
    try (var files = Files.list(vm.state())) {
      return files.filter(file -> file.getFileName().toString().startsWith("foreign-")).toList();
    }
  }

  @Test
  void anEpisodeThatEndsTwiceIsOneInTheHistory() throws Exception {
    vm.hook(Hook.UNCORDON, "10-a", "echo uncordon").start();
    vm.endOnceStarted(vm.publish("Reboot"));
    vm.stop();
    // killed after the summary was put into the history, before that was in the journal
    List<String> kept =
        vm.journal().stream()
            .filter(line -> line.contains("\"episode\"") && line.contains("\"summarized\":false"))
            .toList();
    Files.write(vm.state().resolve("journal.jsonl"), kept);

    vm.start();
    vm.seen().await("over", 2);

    assertThat(vm.seen().lines("summary")).hasSize(2);
    assertThat(StateView.of(vm.state()).history(10)).hasSize(1);
  }

  @Test
  void aScriptThatIsStartedAtTheLastMomentIsEndedWithTheDaemon() throws Exception {
    Gate gate = new Gate();
    vm.witness(gate)
        .parallel(Hook.DRAIN)
        .hook(Hook.DRAIN, "10-a", "exec sleep 60")
        .hook(Hook.DRAIN, "20-b", "exec sleep 60")
        .start();
    vm.publish("Reboot");
    gate.awaitArrival();

    Thread stopping = Thread.ofPlatform().start(vm::stop);
    gate.openOnce(() -> stopping.getState() == Thread.State.TIMED_WAITING);
    stopping.join();

    assertThat(Processes.running()).isEmpty();
  }
}
