package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.ExitCodeRule;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.ScriptFixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts of the drainer's {@code WildScriptsTest} in a maintenance: a daemon finds them in its
 * tree, runs them at once, goes by their answers and acknowledges. Their waits are shortened to a
 * second, nothing else of them is changed.
 */
@Timeout(60)
class WildDrainsTest {
  private static final String SCRIPTS = "/io/drainwatch/drainer/bosh/";

  private TestVm vm;

  @BeforeEach
  void makeVm(@TempDir Path directory) {
    assumeThat(Path.of("/bin/bash")).as("these scripts are of bash").exists();
    vm = TestVm.in(directory).bosh(on -> on);
  }

  @AfterEach
  void closeVm() {
    vm.close();
  }

  @Test
  @DisplayName(
      "E10 E11 all of them in one maintenance: each answer counts, then it is acknowledged")
  void drainsAsReleasesDoIt() throws Exception {
    wild("etcd", "etcd-like.sh");
    wild("kubelet", "kubelet-like.sh");
    wild("haproxy", "haproxy-like.sh");
    wild("director", "director-like.sh");
    wild("chatty", "chatty.sh");
    wild("flush", "background-child.sh");
    tool("packages/kubernetes/bin/kubectl", "echo \"$1\" >> kubectl-calls");
    Files.createDirectories(vm.boshBase().resolve("tasks"));
    Files.createFile(vm.boshBase().resolve("tasks/1"));
    Path run = Files.createDirectories(vm.boshBase().resolve("sys/run"));
    Path connections = Files.createFile(run.resolve("connections"));
    Process proxy = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(run.resolve("haproxy.pid"), proxy.pid() + "\n");
      vm.start();
      String id = vm.publish("Reboot");
      vm.seen().await("end drain/bosh/director #2: static 0");
      vm.seen().await("end drain/bosh/chatty #1: static 1");
      vm.seen().awaitPolls(5);
      assertThat(vm.seen().lines("end drain"))
          .as("one waits inside, the other for its child")
          .noneMatch(line -> line.contains("haproxy") || line.contains("flush"));
      assertThat(vm.posts()).isEmpty();

      Files.delete(connections);
      vm.put("flushed");
      vm.seen().await("ack " + id + " #1: accepted");

      assertThat(proxy.waitFor()).isEqualTo(128 + 10); // SIGUSR1
    } finally {
      proxy.destroyForcibly();
    }
    assertThat(vm.seen().lines("end drain"))
        .containsExactlyInAnyOrder(
            "end drain/bosh/etcd #1: static 0",
            "end drain/bosh/kubelet #1: static 0",
            "end drain/bosh/haproxy #1: static 0",
            "end drain/bosh/director #1: dynamic 1",
            "end drain/bosh/director #2: static 0",
            "end drain/bosh/chatty #1: static 1",
            "end drain/bosh/flush #1: static 1");
    assertThat(vm.seen().said(Hook.DRAIN, "bosh/etcd"))
        .contains("called as job_changed hash_unchanged", "the disk stays: this member stays");
    assertThat(Files.readAllLines(vm.work().resolve("kubectl-calls")))
        .containsExactly("get", "cordon", "drain");
  }

  @Test
  @DisplayName("etcd: its member goes when the VM is deleted")
  void leavesTheClusterWithItsDisk() throws Exception {
    wild("etcd", "etcd-like.sh");
    tool("jobs/etcd/packages/etcdctl", "echo \"$*\" >> removed");
    vm.start();
    vm.seen().await("ack " + vm.publish("Terminate") + " #1: accepted");
    assertThat(vm.work().resolve("removed")).content().startsWith("member remove ");
  }

  @Test
  @DisplayName("etcd: its trap prints the code of a failed removal: strict fails")
  void failsWithTheExitCode() {
    wild("etcd", "etcd-like.sh");
    tool("jobs/etcd/packages/etcdctl", "exit 1");
    vm.start();
    vm.publish("Terminate");
    vm.seen().await("notify DRAIN_FAILED failed: drain/bosh/etcd");
    vm.seen().awaitPolls(5);
    assertThat(vm.seen().lines("end drain"))
        .containsExactly("end drain/bosh/etcd #1: exited with code 1");
    assertThat(vm.posts()).isEmpty();
  }

  @Test
  @DisplayName("etcd: the same for the agent is a wait of one second")
  void waitsForWhatTheTrapPrinted() {
    wild("etcd", "etcd-like.sh");
    tool("jobs/etcd/packages/etcdctl", "exit 1");
    vm.bosh(WildDrainsTest::likeTheAgent).start();
    vm.seen().await("ack " + vm.publish("Terminate") + " #1: accepted");
    assertThat(vm.seen().lines("end drain")).containsExactly("end drain/bosh/etcd #1: static 1");
  }

  private static BoshSettings likeTheAgent(BoshSettings over) {
    return new BoshSettings(
        true,
        over.base(),
        List.of(),
        List.of(),
        true,
        ExitCodeRule.AGENT,
        over.maxSleep(),
        true,
        List.of(),
        List.of(),
        over.commandLimit());
  }

  private void wild(String job, String resource) {
    try (InputStream in = ScriptFixtures.class.getResourceAsStream(SCRIPTS + resource)) {
      String text =
          new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
      String quick =
          text.replace("echo -10", "echo -1")
              .replace("  echo 2\n", "  echo 1\n")
              .replace("  3 ", "  1 ");
      vm.scripts().file(vm.boshBase().resolve("jobs/" + job + "/bin"), "drain", quick);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void tool(String path, String body) {
    Path file = vm.boshBase().resolve(path);
    vm.scripts()
        .script(Objects.requireNonNull(file.getParent()), String.valueOf(file.getFileName()), body);
  }
}
