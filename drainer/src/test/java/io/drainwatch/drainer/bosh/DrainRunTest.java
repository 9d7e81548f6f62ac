package io.drainwatch.drainer.bosh;

import static org.assertj.core.api.Assertions.assertThat;

import io.drainwatch.drainer.bosh.DrainRun.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent's action and the director's samples, real scripts in real processes. */
@Timeout(60)
class DrainRunTest {

  private static final DrainRequest UPDATE =
      new DrainRequest("update", BoshFixture.DISK_42, Optional.of(BoshFixture.DISK_42));
  private static final DrainRequest SHUTDOWN =
      new DrainRequest("shutdown", BoshFixture.DISK_42, Optional.empty());

  private final List<String> deeds = new ArrayList<>();
  private Optional<String> unmonitorFails = Optional.empty();
  private Optional<String> notifyFails = Optional.empty();
  private BoshFixture bosh;

  @BeforeEach
  void makeTree(@TempDir Path temporary) {
    bosh = new BoshFixture(temporary);
  }

  @Test
  @DisplayName("B32 an update without a new spec: that error, nothing else happens")
  void updateNeedsASpec() {
    bosh.drain("a", "touch ran; echo 0");
    assertThat(run().run(new DrainRequest("update", BoshFixture.DISK_42, Optional.empty())))
        .isEqualTo(new Result.Failed("Drain update requires new spec"));
    assertNothingHappened();
  }

  @Test
  @DisplayName("B33 type status from outside: that error, nothing else happens")
  void refusesStatus() {
    bosh.drain("a", "touch ran; echo 0");
    assertThat(run().run(new DrainRequest("status", BoshFixture.DISK_42, Optional.empty())))
        .isEqualTo(new Result.Failed("Unexpected call with drain type 'status'"));
    assertNothingHappened();
  }

  private void assertNothingHappened() {
    assertThat(deeds).isEmpty();
    assertThat(bosh.work().resolve("ran")).doesNotExist();
  }

  @Test
  @DisplayName("B34 unmonitor fails: that error")
  void tellsWhyUnmonitorFailed() {
    bosh.drain("a", "touch ran; echo 0");
    unmonitorFails = Optional.of("fake-unmonitor-error");
    assertThat(run().run(SHUTDOWN)).isEqualTo(new Result.Failed("fake-unmonitor-error"));
    assertThat(deeds).containsExactly("unmonitor");
    assertThat(bosh.work().resolve("ran")).doesNotExist();
  }

  @Test
  @DisplayName("B35 shutdown, notify fails: that error")
  void tellsWhyNotifyFailed() {
    bosh.drain("a", "touch ran; echo 0");
    notifyFails = Optional.of("fake-shutdown-error");
    assertThat(run().run(SHUTDOWN)).isEqualTo(new Result.Failed("fake-shutdown-error"));
    assertThat(bosh.work().resolve("ran")).doesNotExist();
  }

  @Test
  void notifiesOfShutdownsOnly() {
    assertThat(run().run(UPDATE)).isEqualTo(new Result.Returned(0));
    assertThat(deeds).containsExactly("unmonitor");
    assertThat(run().run(SHUTDOWN)).isEqualTo(new Result.Returned(0));
    assertThat(deeds).containsExactly("unmonitor", "unmonitor", "notify");
  }

  @Test
  @DisplayName("B36 no jobs: 0, no script")
  void noJobs() {
    assertThat(run().run(SHUTDOWN)).isEqualTo(new Result.Returned(0));
    assertThat(bosh.calls()).isEmpty();
  }

  @Test
  @DisplayName("B37 jobs foo, bar: parallel drain of both")
  void drainsAllJobs() throws Exception {
    bosh.fifo("there");
    bosh.fifo("back");
    bosh.drain("foo", "echo x > there; read x < back; echo 0");
    bosh.drain("bar", "read x < there; echo x > back; echo 0");
    assertThat(run().run(UPDATE)).isEqualTo(new Result.Returned(0));
    assertThat(bosh.drains().jobs()).containsExactly("bar", "foo");
  }

  @Test
  void tellsWhichJobsFailed() {
    bosh.drain("foo", "exit 1");
    assertThat(run().run(UPDATE))
        .isEqualTo(new Result.Failed("1 of 1 drain scripts failed. Failed Jobs: foo."));
  }

  @Test
  @DisplayName("B38 cancel of the action: 0 at once, the scripts are cancelled")
  void cancelReturnsAtOnce() throws Exception {
    bosh.fifo("go");
    bosh.drain(
        "a",
        "trap 'echo term >&2; read x < go; exit 0' TERM; echo ready >&2;"
            + " while :; do sleep 0.1; done");
    DrainRun run = run();
    CompletableFuture<Result> result = CompletableFuture.supplyAsync(() -> run.run(UPDATE));
    bosh.awaitLine("ready");

    assertThat(run.cancel()).isEmpty();

    assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(new Result.Returned(0));
    bosh.awaitLine("term");
    assertThat(bosh.told(ScriptReport.Over.class)).isEmpty();
    bosh.release("go");
    bosh.awaitTold(ScriptReport.Over.class, 1);
    assertThat(bosh.told(ScriptReport.Over.class))
        .extracting(ScriptReport.Over::result)
        .containsExactly(
            new JobResult.Failed("Script was cancelled by user request: exited with code 0"));
  }

  @Test
  @DisplayName("B38 cancelled before it runs: 0, no script")
  void cancelBeforehand() {
    bosh.drain("a", "touch ran; echo 0");
    DrainRun run = run();
    assertThat(run.cancel()).isEmpty();
    assertThat(run.run(UPDATE)).isEqualTo(new Result.Returned(0));
    assertThat(bosh.work().resolve("ran")).doesNotExist();
  }

  @Test
  @DisplayName("B44 static, disk 0 -> 100: job_shutdown hash_unchanged, states 0 and 100")
  void staticDrain() {
    bosh.drain(
        "a",
        "echo \"$* $BOSH_JOB_STATE $BOSH_JOB_NEXT_STATE\" >&2;"
            + " echo \"$BOSH_JOB_STATE\" | grep -q '\"persistent_disk\":0' && echo 7");
    DrainRequest request =
        new DrainRequest("shutdown", JobSpec.withDisk(0), Optional.of(JobSpec.withDisk(100)));

    assertThat(run().run(request)).isEqualTo(new Result.Returned(0));

    assertThat(bosh.lines())
        .contains("job_shutdown hash_unchanged {\"persistent_disk\":0} {\"persistent_disk\":100}");
    assertThat(bosh.waits).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  @DisplayName("B45 dynamic, waits 3 then 2 (tenths of a second here): three stamps, those gaps")
  void dynamicDrain() {
    bosh.pause = (time, stop) -> Pause.real().sleep(time.dividedBy(10), stop);
    bosh.drain(
        "a",
        "date +%s%N >> stamps; case $(wc -l < stamps) in 1) echo -3;; 2) echo -2;; *) echo 0;; esac");

    assertThat(run().run(UPDATE)).isEqualTo(new Result.Returned(0));

    List<Long> stamps = bosh.read("stamps").lines().map(Long::valueOf).toList();
    assertThat(stamps).hasSize(3);
    assertThat(stamps.get(1) - stamps.get(0)).isGreaterThanOrEqualTo(300_000_000L);
    assertThat(stamps.get(2) - stamps.get(1)).isGreaterThanOrEqualTo(200_000_000L);
  }

  private DrainRun run() {
    return new DrainRun(
        bosh.tree(),
        bosh.surroundings(),
        () -> {
          deeds.add("unmonitor");
          return unmonitorFails;
        },
        () -> {
          deeds.add("notify");
          return notifyFails;
        });
  }
}
