package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Peers;
import io.drainwatch.watcher.record.Journal;
import io.drainwatch.watcher.record.StateDirectory;
import io.drainwatch.watcher.record.StateView;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Native scripts of peer-removed, end to end: on a VM that sees others go. */
@Timeout(60)
class PeerHookTest {
  private static final String WAITS = "echo ready; until [ -e go ]; do sleep 0.02; done";

  private TestVm vm;

  @BeforeEach
  void makeVm(@TempDir Path directory) {
    vm =
        TestVm.in(
            directory,
            SimulatedVm.named(TestVm.NAME),
            SimulatedVm.named("west_1"),
            SimulatedVm.named("west_2"));
  }

  @AfterEach
  void closeVm() {
    vm.close();
  }

  /** Lets an event for these VMs come, run and go. */
  private String remove(String... vms) {
    String id = publish(vms);
    vm.simulator().startNow(id);
    vm.seen().awaitPolls(2);
    vm.simulator().endNow(id);
    return id;
  }

  private String publish(String... vms) {
    String id = vm.publish(TestVm.event("Preempt").on(List.of(vms)));
    vm.seen().awaitPolls(2);
    return id;
  }

  @Test
  @DisplayName("SS05 a Preempt of other VMs runs the script once per VM, and tells it of that VM")
  void runsOncePerPeerWithWhatIsKnownOfIt() throws Exception {
    vm.hook(
            Hook.PEER_REMOVED,
            "10-lb",
            "echo $1 $2; cat > \"$DRAIN_VM_NAME.json\"; echo $DRAIN_CONTEXT_FILE;"
                + " echo $DRAIN_ID $DRAIN_HOOK $DRAIN_STAGE $DRAIN_ATTEMPT $DRAIN_EVENT_STATUS;"
                + " echo $DRAIN_VM_NAME $DRAIN_VM_IS_SELF $DRAIN_AFFECTED_VMS")
        .start();

    String id = remove("west_1", "west_2");
    vm.seen().await("end peer-removed/west_2: 10-lb #1: 0");
    vm.seen().awaitPolls(5);

    for (String peer : List.of("west_1", "west_2")) {
      assertThat(vm.seen().said(Hook.PEER_REMOVED, peer + ": 10-lb"))
          .containsExactly(
              "peer-removed stopped",
              vm.state().resolve("context/peer-removed.10-lb.json").toString(),
              id + "/" + peer + " peer-removed MaintenanceStarted 1 Completed",
              peer + " false west_1 west_2");
      JsonNode context =
          new ObjectMapper().readTree(Files.readString(vm.work().resolve(peer + ".json")));
      assertThat(context.path("vm").path("name").asText()).isEqualTo(peer);
      assertThat(context.path("vm").path("is_self").asBoolean(true)).isFalse();
      assertThat(context.path("disks")).isEmpty();
      assertThat(context.path("jobs")).isEmpty();
    }
    assertThat(vm.seen().lines("start "))
        .containsExactly(
            "start peer-removed/west_1: 10-lb #1", "start peer-removed/west_2: 10-lb #1");
    assertThat(vm.posts()).as("another VM's event is not ours to approve").isEmpty();
    assertThat(vm.daemon().watch().episode()).isEmpty();
  }

  @Test
  @DisplayName("SS05 nothing runs for a cancelled event, nor for one that names this VM too")
  void runsForNothingElse() {
    vm.hook(Hook.PEER_REMOVED, "10-lb", "echo ran").start();

    vm.simulator().cancel(publish("west_1"));
    vm.seen().awaitPolls(5);
    vm.endOnceStarted(shared());
    vm.seen().awaitPolls(5);

    assertThat(vm.seen().lines("start peer-removed")).isEmpty();
  }

  private String shared() {
    String id = publish(TestVm.NAME, "west_1");
    vm.simulator().startNow(id);
    return id;
  }

  @Test
  @DisplayName("each event once, also over restarts; begun without a result is called again")
  void goesOnAfterARestart() {
    vm.hook(Hook.PEER_REMOVED, "10-a", "echo $DRAIN_ATTEMPT")
        .hook(Hook.PEER_REMOVED, "20-b", WAITS)
        .start();
    remove("west_1");
    vm.seen().await("said peer-removed/west_1: 20-b: ready");

    vm.restart();
    vm.seen().await("start peer-removed/west_1: 20-b #2");
    vm.put("go");
    vm.seen().awaitThat("its mark", () -> vm.daemon().watch().peers().done().size() == 1);
    vm.restart();
    vm.seen().awaitPolls(5);

    assertThat(vm.seen().lines("start peer-removed"))
        .containsExactly(
            "start peer-removed/west_1: 10-a #1",
            "start peer-removed/west_1: 20-b #1",
            "start peer-removed/west_1: 20-b #2");
    assertThat(vm.daemon().watch().peers().done()).hasSize(1);
  }

  @Test
  void runsAllScriptsForOnePeerAtOnceWhereToldTo() {
    vm.parallel(Hook.PEER_REMOVED)
        .hook(
            Hook.PEER_REMOVED,
            "10-a",
            "touch $DRAIN_VM_NAME.a; until [ -e $DRAIN_VM_NAME.b ]; do sleep 0.02; done")
        .hook(
            Hook.PEER_REMOVED,
            "20-b",
            "touch $DRAIN_VM_NAME.b; until [ -e $DRAIN_VM_NAME.a ]; do sleep 0.02; done")
        .start();

    remove("west_1", "west_2");
    vm.seen().await("end peer-removed/", 4);

    assertThat(vm.seen().lines("end peer-removed/")).allMatch(line -> line.endsWith(": 0"));
  }

  @Test
  void aFailureIsSaidAndTheRestRuns() {
    vm.hook(Hook.PEER_REMOVED, "10-a", "exit 3").hook(Hook.PEER_REMOVED, "20-b", "").start();

    remove("west_1");
    vm.seen().await("end peer-removed/west_1: 20-b #1: 0");
    vm.seen().await("notify HOOK_FAILED"); // told by another thread than the ends of scripts

    assertThat(vm.seen().lines("notify HOOK_FAILED"))
        .containsExactly("notify HOOK_FAILED peer-removed/west_1: 10-a: exit code 3");
  }

  @Test
  @DisplayName("a VM's name is data: no path, no file's name, nothing for a shell")
  void takesNoNameOfAVmForAPath() throws IOException {
    String name = "../../../$(touch pwned)";
    vm.logFiles().hook(Hook.PEER_REMOVED, "10-lb", "echo \"$DRAIN_VM_NAME\"").start();

    remove(name);
    vm.seen().await("end peer-removed/" + name + ": 10-lb #1: 0");

    assertThat(vm.seen().said(Hook.PEER_REMOVED, name + ": 10-lb")).containsExactly(name);
    assertThat(vm.logs().resolve("peer-removed/10-lb.stdout.log")).hasContent(name);
    try (var files = Files.walk(vm.scripts().root())) {
      assertThat(files).noneMatch(file -> file.toString().contains("pwned"));
    }
  }

  @Test
  void theContextOfAPeerIsNotReplacedByThatOfAnEpisode() {
    vm.hook(
            Hook.PEER_REMOVED,
            "10-a",
            "cat > before; " + WAITS + "; cmp -s before \"$DRAIN_CONTEXT_FILE\" && echo same")
        .hook(Hook.DRAIN, "10-a", WAITS)
        .start();
    remove("west_1");
    vm.seen().await("said peer-removed/west_1: 10-a: ready");
    vm.publish("Reboot");
    vm.seen().await("said drain/10-a: ready");
    vm.publish("Redeploy");
    vm.seen().await("notify EVENT_JOINED");
    vm.seen().awaitPolls(2);
    vm.put("go");

    vm.seen().await("said peer-removed/west_1: 10-a: same");
  }

  @Test
  void aRecordOfAnOlderVersionKnowsOfNoPeers() throws Exception {
    changedRecord(record -> record.remove(JournalKeeper.PEERS));

    assertThat(vm.daemon().watch().peers()).isEqualTo(Peers.NONE);
    assertThat(vm.daemon().watch().episode()).isPresent();
    assertThat(keptAside()).isEmpty();
  }

  @Test
  void peersThatCannotBeReadAreKeptAsideAndCostTheEpisodeNothing() throws Exception {
    changedRecord(record -> record.withObject(JournalKeeper.PEERS).put("events", "no list"));

    assertThat(vm.daemon().watch().peers()).isEqualTo(Peers.NONE);
    assertThat(vm.daemon().watch().episode()).isPresent();
    assertThat(keptAside())
        .singleElement()
        .satisfies(file -> assertThat(Files.readString(file)).contains("no list"));
  }

  private void changedRecord(Consumer<ObjectNode> change) throws Exception {
    vm.hook(Hook.PEER_REMOVED, "10-a", "").hook(Hook.DRAIN, "10-a", WAITS).start();
    remove("west_1");
    vm.seen().await("end peer-removed/west_1: 10-a #1: 0");
    vm.publish("Reboot");
    vm.seen().await("said drain/10-a: ready");
    vm.stop();
    ObjectNode record = StateView.of(vm.state()).lastEntry().orElseThrow().record();
    assertThat(record.path(JournalKeeper.PEERS).path("done")).hasSize(1);
    change.accept(record);
    try (StateDirectory directory = StateDirectory.open(vm.state())) {
      Journal.open(directory).journal().append(record, vm.clock().instant());
    }
    vm.start();
    vm.seen().await("start drain/10-a #2");
  }

  private List<Path> keptAside() throws IOException {
    try (var files = Files.list(vm.state())) {
      return files.filter(file -> file.getFileName().toString().startsWith("foreign-")).toList();
    }
  }
}
