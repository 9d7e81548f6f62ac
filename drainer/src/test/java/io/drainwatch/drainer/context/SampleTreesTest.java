package io.drainwatch.drainer.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The sample BOSH tree and the sample SlipStream hooks of {@code config/examples}. */
class SampleTreesTest {
  private static final String BOSH_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  @TempDir Path scratch;
  private Path work;
  private Path base;

  @BeforeEach
  void copiesTheTree() throws IOException {
    work = Files.createDirectory(scratch.resolve("work"));
    base = Examples.copy(Examples.directory().resolve("bosh"), scratch.resolve("bo sh"));
  }

  @Test
  @DisplayName("every script can be executed and says by what")
  void canBeExecuted() throws IOException {
    for (String tree : List.of("bosh/jobs", "slipstream")) {
      Path directory = Examples.directory().resolve(tree);
      for (Path script : Examples.files(directory)) {
        assertThat(directory.resolve(script)).isExecutable();
        assertThat(Files.readString(directory.resolve(script))).startsWith("#!/bin/");
      }
    }
  }

  @Test
  @DisplayName("db drains dynamically: -1, -1, 0, each time that a drain begins")
  void drainsDynamically() throws Exception {
    Map<String, String> variables = bosh(Asked.about("Terminate"));

    for (int drain = 0; drain < 2; drain++) {
      assertThat(answer("db", variables, "job_shutdown")).isEqualTo("-1\n");
      assertThat(answer("db", variables, "job_check_status")).isEqualTo("-1\n");
      assertThat(answer("db", variables, "job_check_status")).isEqualTo("0\n");
    }
    assertThat(answer("db", variables, "job_changed")).isEqualTo("-1\n");
    assertThat(answer("db", variables, "job_check_status")).isEqualTo("-1\n");
    assertThat(answer("db", variables, "job_shutdown")).isEqualTo("-1\n");
    assertThat(answer("db", variables, "job_check_status")).isEqualTo("-1\n");
  }

  @Test
  @DisplayName("db refuses an argument that drain does not know, without an answer")
  void refusesAnUnknownArgument() throws Exception {
    Shell.Result result = job("db", "drain", Map.of(), "job_new", "hash_new");

    assertThat(result).isEqualTo(new Shell.Result(1, "", ""));
    assertThat(base.resolve("sys/log/db/drain.log")).content().contains("'job_new'");
  }

  @ParameterizedTest(name = "web drains statically on {0}")
  @EnumSource(EventColumn.class)
  void drainsStatically(EventColumn column) throws Exception {
    Asked asked = Asked.about(column);
    String argument = asked.effects().bosh().drainArgument().word();

    Shell.Result result = job("web", "drain", bosh(asked), argument, "hash_unchanged");

    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).isEqualTo("1\n");
    assertThat(result.errors().contains("for good"))
        .isEqualTo(asked.effects().bosh().jobNextState() == Effects.JobNextState.ZERO);
  }

  @ParameterizedTest(name = "db hands over the leader before a {0}: {1}")
  @CsvSource({
    "FREEZE, false",
    "REBOOT, false",
    "REDEPLOY, true",
    "PREEMPT_DEALLOCATE, true",
    "PREEMPT_DELETE, true",
    "TERMINATE, true",
    "UNKNOWN, true",
  })
  void handsOverTheLeader(EventColumn column, boolean handsOver) throws Exception {
    Effects.Bosh states = Asked.about(column).effects().bosh();
    Map<String, String> variables =
        Map.of(
            "BOSH_VM_NEXT_STATE", states.vm().word(),
            "BOSH_INSTANCE_NEXT_STATE", states.instance().word(),
            "BOSH_DEPLOYMENT_NEXT_STATE", states.deployment().word());

    Shell.Result result = job("db", "pre-stop", variables);

    assertThat(result.exitCode()).isZero();
    assertThat(result.output().contains("another replica becomes the leader")).isEqualTo(handsOver);
  }

  @Test
  @DisplayName("metrics tells more where there is a context, and starts again after pre-start only")
  void startsAndStops() throws Exception {
    assertThat(job("metrics", "post-stop", Map.of()).output())
        .isEqualTo("metrics: last values sent\n");
    assertThat(job("metrics", "post-stop", Asked.about("Preempt").variables()).output())
        .isEqualTo("metrics: last values sent before Preempt; 837 s were left\n");
    assertThat(job("metrics", "post-start", Map.of()).exitCode()).isEqualTo(1);
    assertThat(job("metrics", "pre-start", Map.of()).exitCode()).isZero();
    assertThat(job("metrics", "post-start", Map.of()).exitCode()).isZero();
  }

  @Test
  @DisplayName("the jobs write below sys of their own tree and nowhere else")
  void writesBelowItsOwnTree() throws Exception {
    Path repository = Examples.directory().resolve("bosh");
    List<Path> before = Examples.files(repository.resolve("jobs"));
    for (Path script : before) {
      job(script.getName(0).toString(), script.getFileName().toString(), Map.of(), "job_shutdown");
    }

    assertThat(Examples.files(repository.resolve("jobs"))).isEqualTo(before);
    assertThat(Examples.files(base.resolve("jobs"))).isEqualTo(before);
    assertThat(Examples.files(base.resolve("sys"))).isNotEmpty();
    assertThat(Examples.files(work).stream().map(Path::toString))
        .containsExactlyInAnyOrder("errors", "output");
  }

  @ParameterizedTest(name = "the SlipStream hooks say what they would do on {0}")
  @EnumSource(EventColumn.class)
  void saysWhatItWouldDo(EventColumn column) throws Exception {
    Effects.SlipStream slipStream = Asked.about(column).effects().slipStream();
    boolean removed = slipStream.before() == Effects.ScaleAction.VM_REMOVE;

    assertThat(slipstream("prescale/10-traffic", slipStream.before().word(), "west.0"))
        .isEqualTo(
            "would take west.0 out of the load balancer "
                + (removed ? "for good\n" : "until Post-Scale\n"));
    assertThat(slipstream("prescale/20-data", slipStream.before().word(), "west.0"))
        .isEqualTo(
            removed
                ? "would copy the data of west.0 to the rest of west\n"
                : "would write the data of west.0 to disk\n");
    if (slipStream.after().isPresent()) {
      assertThat(slipstream("postscale", slipStream.after().get().word(), "west.0"))
          .isEqualTo("would put west.0 back into the load balancer\n");
    }
  }

  @Test
  @DisplayName("the SlipStream hooks of the others name every VM, with an empty action")
  void namesEveryVm() throws Exception {
    assertThat(slipstream("onvmremove", "", "west.0 west.1").lines())
        .containsExactly(
            "would take west.0 of west out of the cluster",
            "would take west.1 of west out of the cluster");
    assertThat(slipstream("onvmadd", "", "west.3"))
        .isEqualTo("would let west.3 of west into the cluster\n");
  }

  private String answer(String job, Map<String, String> variables, String argument)
      throws Exception {
    Shell.Result result = job(job, "drain", variables, argument, "hash_unchanged");
    assertThat(result.exitCode()).as(result.toString()).isZero();
    return result.output();
  }

  private Shell.Result job(
      String job, String script, Map<String, String> variables, String... arguments)
      throws Exception {
    Map<String, String> all = new HashMap<>(variables);
    all.put("PATH", BOSH_PATH);
    String path = base.resolve("jobs").resolve(job).resolve("bin").resolve(script).toString();
    return Shell.execute(Stream.concat(Stream.of(path), Stream.of(arguments)).toList(), all, work);
  }

  private String slipstream(String hook, String action, String vms) throws Exception {
    Shell.Result result =
        Shell.execute(
            List.of(Examples.directory().resolve("slipstream").resolve(hook).toString()),
            Map.of(
                "SLIPSTREAM_SCALING_NODE",
                "west",
                "SLIPSTREAM_SCALING_VMS",
                vms,
                "SLIPSTREAM_SCALING_ACTION",
                action,
                "SLIPSTREAM_NODE_INSTANCE_NAME",
                "west.0"),
            work);
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.errors()).isEmpty();
    return result.output();
  }

  private static Map<String, String> bosh(Asked asked) {
    Map<String, String> variables = new HashMap<>(asked.variables());
    BoshJobStates states = BoshJobStates.of(asked.effects(), asked.facts());
    states.present().ifPresent(state -> variables.put("BOSH_JOB_STATE", state));
    states.next().ifPresent(state -> variables.put("BOSH_JOB_NEXT_STATE", state));
    return variables;
  }
}
