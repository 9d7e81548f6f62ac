package io.drainwatch.watcher.cli;

import io.drainwatch.watcher.daemon.Surroundings;
import io.drainwatch.watcher.record.StateDirectoryException;
import io.drainwatch.watcher.rehearsal.Rehearsal;
import io.drainwatch.watcher.rehearsal.RehearsedScripts;
import io.drainwatch.watcher.rehearsal.RehearsedScripts.NativeHooks;
import io.drainwatch.watcher.rehearsal.Stage;
import io.drainwatch.watcher.rehearsal.Timeline;
import io.drainwatch.watcher.rehearsal.Timelines;
import io.drainwatch.watcher.rehearsal.Verdict;
import io.drainwatch.watcher.simulator.scenario.InvalidScenario;
import io.drainwatch.watcher.simulator.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "rehearse",
    description = {
      "Plays a whole maintenance here and now, against a simulated metadata service:",
      "the real daemon, real hooks, a timeline, a verdict. Touches nothing but its own directory,",
      "and with --node that Node of a cluster.",
      "By default a Freeze is only observed; here it is drained for, so that there is something"
          + " to see."
    },
    footer = {
      "",
      "Example: drainwatch rehearse --event Preempt --notice 20s --hooks /etc/drainwatch/hooks.d",
      "         drainwatch rehearse --open",
      "",
      "Exit codes: 0 the machine came back (Terminate: was acknowledged), 1 it did not,"
          + " 2 wrong arguments."
    })
final class RehearseCommand implements Callable<Integer> {
  private static final Duration NODE_NOTICE = Duration.ofMinutes(2);

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--event",
      paramLabel = "TYPE",
      defaultValue = "Reboot",
      description =
          "Freeze, Reboot, Redeploy, Preempt, Terminate; also cancelled and host-failure. Default:"
              + " ${DEFAULT-VALUE}")
  private String event = "Reboot";

  @Option(
      names = "--notice",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "How long ahead the event is announced, such as 20s. Default: about 12s")
  private @Nullable Duration notice;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "A scenario of your own, see config/scenarios/. Not together with --event")
  private @Nullable Path scenarioFile;

  @Option(
      names = "--hooks",
      paramLabel = "DIR",
      description = "Your hooks (DIR/<hook>/<script>) instead of the samples")
  private @Nullable Path hooks;

  @Option(
      names = "--bosh",
      paramLabel = "DIR",
      description =
          "A BOSH tree (DIR/jobs/<job>/bin/<script>), run from a copy. Without --hooks no native"
              + " hooks run beside it")
  private @Nullable Path bosh;

  @Option(
      names = "--slipstream",
      paramLabel = "DIR",
      description = "SlipStream hooks (DIR/prescale and so on), likewise")
  private @Nullable Path slipstream;

  @Option(
      names = "--node",
      paramLabel = "NODE",
      description =
          "A Node of a cluster that is really cordoned, drained and given back for the simulated"
              + " event, 2m ahead unless --notice says otherwise; no sample hooks then")
  private @Nullable String node;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "With --node: the cluster. Default: what kubectl would take")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--open",
      description =
          "With the daemon's status page: prints its address and opens a browser where there is"
              + " one. On a terminal it stays until Enter is pressed")
  private boolean open;

  @Mixin private OutputOption output = new OutputOption();

  private final Caller caller;

  RehearseCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, StateDirectoryException {
    // The timeline tells what happens; the log would only be in between.
    Logging.off();
    Scenario scenario = scenario();
    RehearsedScripts scripts =
        new RehearsedScripts(hooks(), boshTree(), directory("--slipstream", slipstream));
    Timeline timeline = Timelines.on(caller.out(), output.isJson());
    Surroundings here = Surroundings.ofThisMachine();
    Verdict verdict =
        (node == null
                ? new Rehearsal(scenario, scripts, timeline, here, Optional.empty(), stage())
                : onNode(node, scenario, scripts, timeline, here))
            .run();
    return verdict.passed() ? ExitCode.OK : ExitCode.FAILED;
  }

  private Rehearsal onNode(
      String name,
      Scenario scenario,
      RehearsedScripts scripts,
      Timeline timeline,
      Surroundings here) {
    RehearsedNode rehearsed;
    try {
      rehearsed = RehearsedNode.of(name, Optional.ofNullable(kubeconfig), here);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    return new Rehearsal(
        scenario,
        scripts,
        timeline,
        rehearsed.surroundings(),
        Optional.of(rehearsed.side()),
        stage());
  }

  private Stage stage() {
    return open
        ? new OpenedPage(
            output.isJson() ? caller.err() : caller.out(),
            Browser.ofThisMachine(caller.environment()),
            caller.person().isThere() && !output.isJson())
        : Stage.BARE;
  }

  private Scenario scenario() {
    try {
      if (scenarioFile == null) {
        return Scenario.builtIn(event, Optional.ofNullable(notice).or(this::noticeOfNode));
      }
      Scenario read = Scenario.read(scenarioFile);
      return notice == null ? read : read.withNotice(notice);
    } catch (IllegalArgumentException | InvalidScenario | IOException e) {
      throw wrong(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  // Pods have their grace: what is enough for sample hooks is not for them.
  private Optional<Duration> noticeOfNode() {
    return node == null ? Optional.empty() : Optional.of(NODE_NOTICE);
  }

  private Optional<Path> boshTree() {
    Optional<Path> tree = directory("--bosh", bosh);
    tree.ifPresent(base -> directory("--bosh", base.resolve("jobs")));
    return tree;
  }

  private Optional<Path> directory(String option, @Nullable Path given) {
    if (given != null && !Files.isDirectory(given)) {
      throw wrong(option + " " + given + " is not a directory");
    }
    return Optional.ofNullable(given).map(Path::toAbsolutePath);
  }

  private NativeHooks hooks() {
    Optional<Path> own = directory("--hooks", hooks);
    if (own.isPresent()) {
      return new NativeHooks.Own(List.of(own.get()));
    }
    if (bosh != null || slipstream != null || node != null) {
      return new NativeHooks.None();
    }
    return Home.sampleHooks(caller.environment())
        .<NativeHooks>map(NativeHooks.Samples::new)
        .orElseThrow(
            () ->
                wrong(
                    "the sample hooks are not found: start it as ./drainwatch from a clone, or say"
                        + " --hooks DIR"));
  }

  private ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalStateException(message);
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
