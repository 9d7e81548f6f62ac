package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.cluster.FabricCluster;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.Course;
import io.drainwatch.watcher.azure.Deed;
import io.drainwatch.watcher.azure.Operation;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.Sight;
import io.drainwatch.watcher.azure.Trouble;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rehearse",
    description = {
      "Makes a real event: restarts, redeploys or evicts the VM, and follows it.",
      "By its daemon (of the configuration, which may be on another machine) or, with --node, by"
          + " the annotations of its Node. Prints when it came to what, and what to think of it.",
      "Not from the VM itself: it restarts."
    },
    footer = {
      "",
      "Example: drainwatch azure rehearse --vm ID --event reboot --node aks-pool1-0"
          + " --i-know-this-restarts-it",
      "",
      "Exit codes: 0 drained in time and back (preempt: drained in time), 1 not, 2 wrong arguments,"
          + " 3 faulty configuration, 6 Azure, the daemon or the cluster does not answer."
    })
final class AzureRehearseCommand implements Callable<Integer> {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** What can be made. */
  enum Made {
    reboot(Deed.RESTART, true),
    redeploy(Deed.REDEPLOY, true),
    preempt(Deed.SIMULATE_EVICTION, false);

    private final Deed deed;
    private final boolean comesBack;

    Made(Deed deed, boolean comesBack) {
      this.deed = deed;
      this.comesBack = comesBack;
    }
  }

  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private AzureOption azure = new AzureOption();
  @Mixin private KubeconfigOption kubeconfig = new KubeconfigOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--vm",
      paramLabel = "ID",
      required = true,
      description = "Resource id of the VM or instance")
  private String vm = "";

  @Option(
      names = "--event",
      paramLabel = "EVENT",
      required = true,
      description = "reboot, redeploy or preempt")
  private Made event = Made.reboot;

  @Option(
      names = "--node",
      paramLabel = "NODE",
      description = "Its Node: what is followed instead of the daemon")
  private @Nullable String node;

  @Option(
      names = "--limit",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "How long it is followed. Default: 60m")
  private Duration limit = Duration.ofHours(1);

  @Option(names = "--i-know-this-restarts-it", description = "Without it nothing is done")
  private boolean known;

  private final Caller caller;

  AzureRehearseCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.off();
    ResourceId id = AzureTarget.vm(vm);
    if (!known) {
      throw AzureTarget.usage(
          "This really "
              + (event == Made.preempt ? "evicts " : "restarts ")
              + id.words()
              + ". If that is meant, say --i-know-this-restarts-it; drainwatch rehearse plays it"
              + " without Azure.");
    }
    DrainwatchSettings settings = configuration.settings(caller);
    try (AzureResources resources = azure.open(caller, configuration)) {
      AzureVm read = AzureOption.readyFor(resources, id, this::objection);
      if (node == null) {
        MaintainedDaemon.refuseAnother(settings, caller, read);
        return follow(resources, id, FollowedVm.byDaemon(settings, caller.clock()));
      }
      try (FabricCluster cluster = kubeconfig.cluster(settings, caller)) {
        MaintainedDaemon.refuseAnotherNode(cluster, node, id);
        return follow(resources, id, FollowedVm.byNode(cluster, node, caller.clock().instant()));
      }
    }
  }

  private Optional<String> objection(AzureVm read) {
    if (read.power() != AzureVm.Power.RUNNING) {
      return Optional.of(read.id().words() + " does not run.");
    }
    return event == Made.preempt && read.id().kind() == ResourceId.Kind.VM && read.spot().isEmpty()
        ? Optional.of(read.id().words() + " is no Spot VM.")
        : Optional.empty();
  }

  private int follow(AzureResources resources, ResourceId id, FollowedVm followed)
      throws InterruptedException {
    if (followed.look() instanceof Sight.Maintained) {
      throw new CommandStopped(
          ExitCode.FAILED, "A maintenance of " + id.words() + " is under way. Nothing was done.");
    }
    Operation operation = AzureOption.told(resources.begin(event.deed, id));
    Instant end = caller.clock().instant().plus(limit);
    Course course = Course.begun(caller.clock().instant(), event.comesBack);
    int printed = print(course, 0);
    while (!course.isOver() && caller.clock().instant().isBefore(end)) {
      course = course.seeing(followed.look(), caller.clock().instant());
      if (course.operation().isEmpty()) {
        course = asked(course, operation);
      }
      printed = print(course, printed);
      caller.pause().last(BETWEEN_LOOKS);
    }
    return verdict(course);
  }

  private Course asked(Course course, Operation operation) {
    Instant now = caller.clock().instant();
    return switch (operation.look()) {
      case AzureAnswer.NotTold<Operation.Standing>(Trouble trouble) ->
          // a look that fails says nothing of the operation: it is asked again
          trouble.isOfFollowing()
              ? course
              : course.ended(new Course.Ended(Optional.of(trouble.sentence())), now);
      case AzureAnswer.Told<Operation.Standing>(Operation.Standing standing) ->
          standing == Operation.Standing.DONE
              ? course.ended(new Course.Ended(Optional.empty()), now)
              : course;
    };
  }

  private int print(Course course, int printed) {
    List<String> lines = course.lines();
    if (!output.isJson()) {
      lines.stream().skip(printed).map(Lines::plain).forEach(caller.out()::println);
    }
    return lines.size();
  }

  private int verdict(Course course) {
    Course.Verdict verdict = course.verdict();
    caller.out().println(output.isJson() ? CourseJson.of(course) : Lines.plain(verdict.sentence()));
    return verdict.passed() ? ExitCode.OK : ExitCode.FAILED;
  }
}
