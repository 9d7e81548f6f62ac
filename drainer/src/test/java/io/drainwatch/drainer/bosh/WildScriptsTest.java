package io.drainwatch.drainer.bosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drains in the style of releases in the wild run as they are. */
@Timeout(60)
class WildScriptsTest {

  private static final JobResult OK = new JobResult.Successful();

  private static final DrainParameters DISK_GOES =
      DrainParameters.shutdown(JobSpec.withDisk(1024), Optional.of(JobSpec.withDisk(0)));
  private static final DrainParameters DISK_STAYS =
      DrainParameters.shutdown(JobSpec.withDisk(1024), Optional.of(JobSpec.withDisk(1024)));

  private BoshFixture bosh;

  @BeforeEach
  void makeTree(@TempDir Path temporary) {
    assumeThat(Path.of("/bin/bash")).as("these scripts are of bash").exists();
    bosh = new BoshFixture(temporary);
  }

  @Test
  @DisplayName("etcd: redirects fd 3, answers from an EXIT trap, leaves only if its disk goes")
  void etcdLeavesWhenItsDiskGoes() {
    bosh.wild("etcd", "etcd-like.sh");
    etcdctl("echo \"$@\" >> removed");

    assertThat(bosh.drainOf("etcd", DISK_STAYS).run()).isEqualTo(OK);
    assertThat(bosh.work().resolve("removed")).doesNotExist();

    assertThat(bosh.drainOf("etcd", DISK_GOES).run()).isEqualTo(OK);
    assertThat(bosh.read("removed")).startsWith("member remove ");
    assertThat(bosh.waits).containsOnly(Duration.ZERO);
  }

  @Test
  @DisplayName("etcd: the trap prints the code of a failed removal: strict fails, agent waits 1 s")
  void etcdsFailedRemoval() {
    bosh.wild("etcd", "etcd-like.sh");
    etcdctl("exit 1");

    assertThat(bosh.drainOf("etcd", DISK_GOES).run())
        .isEqualTo(new JobResult.Failed("exited with code 1"));
    assertThat(bosh.waits).isEmpty();

    bosh.with(it -> it.agent());
    assertThat(bosh.drainOf("etcd", DISK_GOES).run()).isEqualTo(OK);
    assertThat(bosh.waits).containsExactly(Duration.ofSeconds(1));
  }

  private void etcdctl(String body) {
    bosh.scripts.script(bosh.base.resolve("jobs/etcd/packages"), "etcdctl", body);
  }

  @Test
  @DisplayName("kubelet: cordons, drains, tries again, keeps a log of its own")
  void kubeletDrains() throws Exception {
    bosh.wild("kubelet", "kubelet-like.sh");
    bosh.scripts.script(
        bosh.base.resolve("packages/kubernetes/bin"),
        "kubectl",
        "echo \"$1\" >> calls; [ \"$1\" = drain ] && [ ! -e once ] && touch once && exit 1; exit 0");

    assertThat(bosh.drainOf("kubelet").run()).isEqualTo(OK);

    assertThat(bosh.read("calls").lines())
        .containsExactly("get", "cordon", "drain", "get", "cordon", "drain");
    assertThat(bosh.log("kubelet", "drain.stderr.log")).content().contains("attempt 1 failed");
  }

  @Test
  @DisplayName("haproxy: waits inside until its connections are gone")
  void haproxyWaitsInside() throws Exception {
    bosh.wild("haproxy", "haproxy-like.sh");
    Path run = Files.createDirectories(bosh.base.resolve("sys/run"));
    Path connections = Files.createFile(run.resolve("connections"));
    Process proxy = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(run.resolve("haproxy.pid"), proxy.pid() + "\n");
      CompletableFuture<JobResult> result =
          CompletableFuture.supplyAsync(bosh.drainOf("haproxy")::run);
      bosh.awaitTold(ScriptReport.Called.class, 1);
      assertThat(result.isDone()).isFalse();
      assertThat(proxy.isAlive()).isTrue();

      Files.delete(connections);

      assertThat(result.join()).isEqualTo(OK);
      assertThat(proxy.waitFor()).isEqualTo(128 + 10); // SIGUSR1
      assertThat(bosh.work().resolve("haproxy-drain.lock")).doesNotExist();
    } finally {
      proxy.destroyForcibly();
    }
  }

  @Test
  @DisplayName("haproxy: cancelled while it waits inside")
  void haproxyIsCancelled() throws Exception {
    bosh.wild("haproxy", "haproxy-like.sh");
    Path run = Files.createDirectories(bosh.base.resolve("sys/run"));
    Files.createFile(run.resolve("connections"));
    Files.writeString(run.resolve("haproxy.pid"), "4194305\n" /* nobody */);
    DrainScript drain = bosh.drainOf("haproxy");
    CompletableFuture<JobResult> result = CompletableFuture.supplyAsync(drain::run);
    awaitFile(run.resolve("unhealthy"));

    drain.cancel();

    assertThat(result.join())
        .isInstanceOfSatisfying(
            JobResult.Failed.class,
            failed -> assertThat(failed.why()).startsWith("Script was cancelled by user request"));
  }

  @Test
  @DisplayName("director: asks to be called again while tasks run")
  void directorDrainsDynamically() throws IOException {
    bosh.wild("director", "director-like.sh");
    Path tasks = Files.createDirectories(bosh.base.resolve("tasks"));
    Files.createFile(tasks.resolve("1"));
    Files.createFile(tasks.resolve("2"));

    assertThat(bosh.drainOf("director", DISK_STAYS).run()).isEqualTo(OK);

    assertThat(bosh.waits).extracting(Duration::toSeconds).containsExactly(10L, 10L, 0L);
    assertThat(bosh.calls())
        .extracting(call -> call.arguments().getFirst())
        .containsExactly("job_shutdown", "job_check_status", "job_check_status");
  }

  @Test
  @DisplayName("E10 blank lines before the number, chatter on stderr")
  void chattyScript() {
    bosh.wild("chatty", "chatty.sh");
    assertThat(bosh.drainOf("chatty").run()).isEqualTo(OK);
    assertThat(bosh.waits).containsExactly(Duration.ofSeconds(3));
    assertThat(bosh.lines()).contains("some warning");
  }

  @Test
  @DisplayName("E11 a background child does the work and answers")
  void backgroundChild() throws Exception {
    bosh.wild("flush", "background-child.sh");
    CompletableFuture<JobResult> result = CompletableFuture.supplyAsync(bosh.drainOf("flush")::run);
    bosh.awaitLine("flushing in the background");
    assertThat(result.isDone()).isFalse();

    Files.createFile(bosh.work().resolve("flushed"));

    assertThat(result.join()).isEqualTo(OK);
    assertThat(bosh.waits).containsExactly(Duration.ofSeconds(2));
  }

  private static void awaitFile(Path file) {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (Files.notExists(file)) {
      assertThat(System.nanoTime()).as("no " + file).isLessThan(until);
      LockSupport.parkNanos(2_000_000);
    }
  }
}
