package io.drainwatch.watcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.ExitCodeRule;
import io.drainwatch.drainer.context.ContextSettings;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.watcher.simulator.platform.Fault;
import io.drainwatch.watcher.simulator.platform.PlannedFault;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** BOSH jobs in a maintenance (drain-scripts.md part 3), end to end with real scripts. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class BoshJobsTest {
  private TestVm vm;

  @BeforeEach
  void makeVm(@TempDir Path directory) {
    vm = TestVm.in(directory);
  }

  @AfterEach
  void closeVm() {
    vm.close();
  }

  @Test
  @DisplayName("B44 B45 the whole way: arguments, static and dynamic waits, the sequence of 3.2")
  void goesTheWholeWay() throws Exception {
    vm.job("db", "pre-stop", "echo vm=$BOSH_VM_NEXT_STATE; env > env")
        .job("db", "drain", "echo \"$@\" >&2; [ \"$1\" = job_check_status ] && echo 0 || echo -1")
        .job("web", "drain", "echo 1")
        .job("db", "post-stop", "echo stopped")
        .job("db", "pre-start", "echo starting")
        .job("web", "post-start", "echo started")
        .start();

    String id = vm.publish("Reboot");
    vm.endOnceStarted(id);

    assertThat(vm.posts()).contains(id);
    assertThat(vm.seen().lines("end "))
        .containsSubsequence("end pre-stop/bosh/db #1: 0", "end drain/bosh/db #2: static 0")
        .containsSubsequence(
            "end drain/bosh/db #1: dynamic 1",
            "end drain/bosh/db #2: static 0",
            "end post-stop/bosh/db #1: 0",
            "end pre-start/bosh/db #1: 0",
            "end post-start/bosh/web #1: 0")
        .contains("end drain/bosh/web #1: static 1");
    assertThat(vm.seen().said(Hook.DRAIN, "bosh/db"))
        .contains("job_changed hash_unchanged", "job_check_status hash_unchanged");
    Path logs = vm.boshBase().resolve("sys/log/db");
    assertThat(logs.resolve("pre-stop.stdout.log")).hasContent("vm=keep");
    assertThat(logs.resolve("post-stop.stdout.log")).hasContent("stopped");
    assertThat(Files.readAllLines(vm.work().resolve("env")))
        .contains(
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
            "DRAIN_HOOK=pre-stop",
            "BOSH_INSTANCE_NEXT_STATE=keep",
            "BOSH_DEPLOYMENT_NEXT_STATE=keep");
  }

  @Test
  @DisplayName("a Redeploy is a shutdown, and jobs[] of the context are the jobs of the tree")
  void tellsJobsAndShutdown() {
    vm.job("db", "drain", "echo \"$1 $DRAIN_JOB_NEXT_STATE\" >&2; echo 0")
        .job("web", "drain", "cat \"$DRAIN_CONTEXT_FILE\" >&2; echo 0")
        .start();
    vm.publish("Redeploy");
    vm.seen().await("state Drained");
    assertThat(vm.seen().said(Hook.DRAIN, "bosh/db")).contains("job_shutdown running");
    assertThat(String.join("", vm.seen().said(Hook.DRAIN, "bosh/web")))
        .contains("\"jobs\":[{\"name\":\"db\"", "{\"name\":\"web\"");
  }

  @Test
  @DisplayName("B47 pre-stop exits 1: no drain, no acknowledgement, the summary names the job")
  void stopsAfterAFailedPreStop() {
    List<String> sentences = new CopyOnWriteArrayList<>();
    vm.witness(
            new Witness() {
              @Override
              public void stepped(Step step) {
                sentences.addAll(
                    FinishedHooks.failures(
                        step.before().episode(), step.transition().watch().episode()));
              }
            })
        .job("db", "pre-stop", "exit 1")
        .job("web", "pre-stop", "exit 0")
        .job("db", "drain", "echo 0")
        .start();
    vm.publish("Reboot");
    vm.seen().await("notify DRAIN_FAILED failed: pre-stop/bosh/db");
    vm.seen().awaitPolls(3);
    assertThat(vm.seen().lines("start drain")).isEmpty();
    assertThat(vm.posts()).isEmpty();
    assertThat(sentences)
        .containsExactly("1 of 2 pre-stop scripts failed. Failed Jobs: db. Successful Jobs: web.");
  }

  @Test
  @DisplayName("B06 an answer that is no integer fails the drain and nothing is acknowledged")
  void refusesAnAnswerThatIsNoInteger() {
    vm.job("db", "drain", "echo hello!").start();
    vm.publish("Reboot");
    vm.seen().await("notify DRAIN_FAILED failed: drain/bosh/db");
    assertThat(vm.seen().lines("end drain").toString())
        .contains("Script did not return a signed integer");
    assertThat(vm.posts()).isEmpty();
  }

  @Test
  @DisplayName("a wait survives a restart of the daemon: no second call, done when it is over")
  void keepsAWaitOverARestart() {
    vm.job("db", "drain", "echo 3").start();
    vm.publish("Reboot");
    vm.seen().await("end drain/bosh/db #1: static 3");
    vm.seen().awaitPolls(2); // the answer is in the record by then
    vm.restart();
    vm.seen().awaitPolls(5);
    assertThat(vm.posts()).isEmpty();
    vm.seen().await("state Drained");
    assertThat(vm.seen().lines("start drain")).containsExactly("start drain/bosh/db #1");
  }

  @Test
  @DisplayName("E11 a background child that keeps stdout is waited for")
  void waitsForTheGroup() {
    vm.job("db", "drain", "(until [ -e go ]; do sleep 0.02; done) & echo 0").start();
    vm.publish("Reboot");
    vm.seen().await("start drain/bosh/db #1");
    vm.seen().awaitPolls(5);
    assertThat(vm.seen().lines("end drain")).isEmpty();
    vm.put("go");
    vm.seen().await("state Drained");
  }

  @Test
  @DisplayName("native scripts first: one that fails ends the row")
  void runsNativeScriptsFirst() {
    vm.hook(Hook.DRAIN, "10-lb", "exit 1").job("db", "drain", "echo 0").start();
    vm.publish("Reboot");
    vm.seen().await("notify DRAIN_FAILED failed: drain/10-lb, drain/bosh/db");
    assertThat(vm.seen().lines("start drain")).containsExactly("start drain/10-lb #1");
  }

  @Test
  @DisplayName("bosh.stop follows the drains, bosh.start the pre-starts")
  void runsTheCommandsInTheirPlace() {
    vm.job("db", "drain", "echo 0")
        .job("db", "post-stop", "exit 0")
        .job("db", "pre-start", "exit 0")
        .bosh(
            over ->
                new BoshSettings(
                    true,
                    over.base(),
                    List.of(),
                    List.of(),
                    true,
                    over.exitCode(),
                    over.maxSleep(),
                    false,
                    List.of(List.of("/bin/echo", "stop", "all")),
                    List.of(List.of("/bin/echo", "start", "all")),
                    Duration.ofMinutes(5)))
        .context(ContextSettings.defaults())
        .start();
    vm.endOnceStarted(vm.publish("Reboot"));
    assertThat(vm.seen().lines("start "))
        .containsExactly(
            "start drain/bosh/db #1",
            "start drain/bosh.stop/1 #1",
            "start post-stop/bosh/db #1",
            "start pre-start/bosh/db #1",
            "start pre-start/bosh.start/1 #1");
    assertThat(vm.seen().said(Hook.DRAIN, "bosh.stop/1")).containsExactly("stop all");
  }

  @Test
  @DisplayName("a call after a restart of the daemon is told the same of disks and VM")
  void tellsTheSameAfterARestart(@TempDir Path directory) {
    try (TestVm spot =
        TestVm.in(
            directory,
            SimulatedVm.named(TestVm.NAME)
                .with("priority", "Spot")
                .with("evictionPolicy", "Deallocate"))) {
      spot.job(
              "db",
              "drain",
              "echo \"$1 $BOSH_JOB_NEXT_STATE $DRAIN_GROUP_NEXT_STATE $DRAIN_VM_DELETED\" >&2;"
                  + " until [ -e go ]; do sleep 0.02; done; echo 0")
          .start();
      spot.publish("Preempt");
      spot.seen().await("start drain/bosh/db #1");
      spot.seen().awaitPolls(2);
      spot.restart();
      spot.seen().await("start drain/bosh/db #2");
      spot.put("go");
      spot.seen().await("state Drained");
      assertThat(spot.seen().said(Hook.DRAIN, "bosh/db"))
          .filteredOn(line -> line.startsWith("job_"))
          .as("deallocated, not deleted: no disk of size 0, no group scaled down")
          .containsExactly("job_shutdown  updated false", "job_shutdown  updated false");
    }
  }

  @Test
  @DisplayName("a call after a restart is told the same disks, though the service is away by then")
  void knowsItsDisksFromTheRecord(@TempDir Path directory) throws Exception {
    ObjectNode compute = JsonNodeFactory.instance.objectNode();
    compute.putObject("storageProfile").putArray("dataDisks").addObject().put("diskSizeGB", "2");
    try (TestVm other = TestVm.in(directory, new SimulatedVm(TestVm.NAME, compute))) {
      other
          .job(
              "db",
              "drain",
              "echo \"$BOSH_JOB_STATE\" >> disks; until [ -e go ]; do sleep 0.02; done; echo 0")
          .start();
      other.publish("Reboot");
      other.seen().await("start drain/bosh/db #1");
      other.seen().awaitPolls(2);
      other
          .simulator()
          .setFault(
              new PlannedFault(
                  new Fault.Status(500, Optional.empty()),
                  PlannedFault.Target.INSTANCE,
                  new PlannedFault.UntilCleared(),
                  false));
      other.restart();
      other.seen().await("start drain/bosh/db #2");
      other.put("go");
      other.seen().await("end drain/bosh/db #2: static 0");
      assertThat(Files.readAllLines(other.work().resolve("disks")))
          .containsExactly("{\"persistent_disk\":2048}", "{\"persistent_disk\":2048}");
    }
  }

  @Test
  @DisplayName("a cancellation ends a drain that runs and cuts one short that waits")
  void cancelsWhatRunsAndWhatWaits() {
    vm.job("db", "drain", "trap 'echo 0; exit 0' TERM; while :; do sleep 0.02; done")
        .job("web", "drain", "echo -600")
        .start();
    String id = vm.publish("Reboot");
    vm.seen().await("end drain/bosh/web #1: dynamic 600");
    vm.simulator().cancel(id);
    vm.seen().await("over");
    assertThat(vm.seen().lines("end drain/bosh/db")).containsExactly("end drain/bosh/db #1: ended");
    assertThat(vm.seen().lines("start drain")).hasSize(2);
    assertThat(vm.posts()).isEmpty();
  }

  @Test
  @DisplayName("B39 skip-drain leaves pre-stop and drain out, E01 agent goes by what was printed")
  void skipsAndJudgesAsConfigured() {
    vm.job("db", "pre-stop", "exit 1")
        .job("db", "drain", "exit 1")
        .job("db", "post-stop", "exit 0")
        .job("web", "drain", "echo 1; exit 1")
        .bosh(
            over ->
                new BoshSettings(
                    true,
                    over.base(),
                    List.of(),
                    List.of("db"),
                    true,
                    ExitCodeRule.AGENT,
                    over.maxSleep(),
                    true,
                    List.of(),
                    List.of(),
                    over.commandLimit()))
        .start();
    vm.publish("Reboot");
    vm.seen().await("state Drained");
    assertThat(vm.seen().lines("end "))
        .containsExactly("end drain/bosh/web #1: static 1", "end post-stop/bosh/db #1: 0");
  }

  @Test
  @DisplayName("a pre-start that fails is called again until it works; the uncordon waits")
  void retriesAFailingPreStart() {
    vm.job("db", "pre-start", "[ -e mended ]").start();
    String id = vm.publish("Reboot");
    vm.seen().await("state MaintenanceStarted");
    vm.simulator().endNow(id);
    vm.seen().await("end pre-start/bosh/db #1: exit code 1");
    vm.put("mended");
    vm.seen().await("end pre-start/bosh/db #2: 0");
    vm.seen().await("over");
  }

  @Test
  @DisplayName("a directory whose name is no job's is left alone")
  void leavesWhatIsNoJobAlone() throws Exception {
    vm.job("db", "drain", "echo 0").start();
    Files.createDirectories(vm.boshBase().resolve("jobs/a b/bin"));
    vm.publish("Reboot");
    vm.seen().await("state Drained");
    assertThat(vm.seen().lines("end drain")).containsExactly("end drain/bosh/db #1: static 0");
  }
}
