package io.drainwatch.drainer.bosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@link DrainParametersTest} says of values, as a script gets it: real ones write down their
 * arguments and variables.
 */
@Timeout(60)
class ToldScriptsTest {
  private static final String WRITES_DOWN =
      "echo \"$* ${BOSH_JOB_STATE-unset} ${BOSH_JOB_NEXT_STATE-unset}\" >> told;";
  private static final JobSpec DISK_200 = JobSpec.withDisk(200);
  private static final JobSpec DISK_301 = JobSpec.withDisk(301);

  private BoshFixture bosh;

  @BeforeEach
  void makeTree(@TempDir Path temporary) {
    bosh = new BoshFixture(temporary);
  }

  @Test
  @DisplayName("B14 a shutdown 200 -> 301 is told 200 and 301; 200 -> nothing 200 and nothing")
  void isToldOfAShutdown() {
    assertThat(told(DrainParameters.shutdown(DISK_200, Optional.of(DISK_301))))
        .containsExactly(
            "job_shutdown hash_unchanged {\"persistent_disk\":200} {\"persistent_disk\":301}");
    assertThat(told(DrainParameters.shutdown(DISK_200, Optional.empty())))
        .last()
        .isEqualTo("job_shutdown hash_unchanged {\"persistent_disk\":200} unset");
  }

  @Test
  @DisplayName("B15 asked again with the status parameters of 200 -> 301: 200 and nothing")
  void isToldNothingOfTheFutureWhenAskedAgain() {
    bosh.drain("a", WRITES_DOWN + " [ \"$1\" = job_check_status ] && echo 0 || echo -1");
    assertThat(bosh.drainOf("a", DrainParameters.shutdown(DISK_200, Optional.of(DISK_301))).run())
        .isEqualTo(new JobResult.Successful());
    assertThat(bosh.read("told").lines())
        .containsExactly(
            "job_shutdown hash_unchanged {\"persistent_disk\":200} {\"persistent_disk\":301}",
            "job_check_status hash_unchanged {\"persistent_disk\":200} unset");
  }

  @Test
  @DisplayName("B16 foo changed, bar the same, baz added, old removed: called with baz foo")
  void isToldThePackages() {
    JobSpec old = DISK_200.with(Map.of("foo", "1", "bar", "1", "old", "1"));
    JobSpec next = DISK_200.with(Map.of("foo", "2", "bar", "1", "baz", "1"));
    String disk = "{\"persistent_disk\":200}";
    assertThat(told(DrainParameters.update(old, next)))
        .containsExactly("job_changed hash_unchanged baz foo " + disk + " " + disk);
  }

  @ParameterizedTest(name = "{0} {1}: pre-stop is told {2} {3} {4}")
  @CsvSource({
    "B40, KEEP_VM, keep, keep, keep",
    "B41, DELETE_VM, delete, keep, keep",
    "B42, DELETE_INSTANCE, delete, delete, keep",
    "B43, DELETE_DEPLOYMENT, delete, delete, delete"
  })
  void preStopIsToldTheNextStates(
      String row, NextStates.Intent intent, String vm, String instance, String deployment)
      throws Exception {
    bosh.script("a", BoshScript.PRE_STOP, "env | grep ^BOSH_ | sort");
    ParallelRun run =
        new BoshScripts(bosh.tree(), bosh.surroundings())
            .others(BoshScript.PRE_STOP, NextStates.of(intent));

    assertThat(run.run().failure()).as(row).isEmpty();

    assertThat(Files.readAllLines(bosh.log("a", "pre-stop.stdout.log")))
        .containsExactly(
            "BOSH_DEPLOYMENT_NEXT_STATE=" + deployment,
            "BOSH_INSTANCE_NEXT_STATE=" + instance,
            "BOSH_VM_NEXT_STATE=" + vm);
  }

  @Test
  @DisplayName("B13 cancelled twice while idle: does not block, and the script is not begun")
  void isNotBegunAfterTwoCancels() {
    bosh.drain("a", "touch ran; echo 0");
    DrainScript drain = bosh.drainOf("a");
    assertThat(drain.cancel()).isEmpty();
    assertThat(drain.cancel()).isEmpty();
    assertThat(drain.run()).isInstanceOf(JobResult.Failed.class);
    assertThat(bosh.work().resolve("ran")).doesNotExist();
  }

  @Test
  @DisplayName("B25 cancel while pre-stop runs: an error, and it runs to its end")
  void runsOnWhereItCannotBeCancelled() throws Exception {
    bosh.fifo("ready");
    bosh.fifo("go");
    bosh.script("a", BoshScript.PRE_STOP, "echo x > ready; read x < go; touch ended");
    ParallelRun run = bosh.others(BoshScript.PRE_STOP);
    CompletableFuture<ParallelResult> result = ParallelRunTest.inBackground(run);
    assertThat(bosh.read("ready")).isEqualTo("x\n");

    assertThat(run.cancel())
        .hasValueSatisfying(why -> assertThat(why).contains("cannot be cancelled"));
    bosh.release("go");

    assertThat(result.join().failure()).isEmpty();
    assertThat(bosh.work().resolve("ended")).exists();
  }

  @Test
  @DisplayName("E08 in one tree: missing and dangling skipped, directory and mode 0644 errors")
  void runsWhatIsThere() throws Exception {
    Files.createDirectories(bosh.bin("missing"));
    Path dangling = Files.createDirectories(bosh.bin("dangling"));
    Files.createSymbolicLink(dangling.resolve("drain"), bosh.base.resolve("nowhere"));
    Files.createDirectories(bosh.bin("directory").resolve("drain"));
    Path plain = bosh.drain("plain", "touch plain-ran; echo 0");
    assertThat(plain.toFile().setExecutable(false, false)).isTrue();
    bosh.drain("well", "touch well-ran; echo 0");

    assertThat(bosh.drains().run().failure())
        .contains(
            "2 of 3 drain scripts failed. Failed Jobs: directory, plain. Successful Jobs: well.");
    assertThat(bosh.work().resolve("well-ran")).exists();
    assertThat(bosh.work().resolve("plain-ran")).doesNotExist();
  }

  private List<String> told(DrainParameters parameters) {
    bosh.drain("a", WRITES_DOWN + " echo 0");
    assertThat(bosh.drainOf("a", parameters).run()).isEqualTo(new JobResult.Successful());
    return bosh.read("told").lines().toList();
  }
}
