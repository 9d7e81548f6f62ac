package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureDiagnosis;
import io.drainwatch.watcher.azure.AzureExamination;
import io.drainwatch.watcher.azure.AzureFinding;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.Examined;
import io.drainwatch.watcher.azure.Feature;
import io.drainwatch.watcher.azure.Operation;
import io.drainwatch.watcher.azure.ScaleSet;
import io.drainwatch.watcher.azure.Trouble;
import io.drainwatch.watcher.doctor.Finding;
import io.drainwatch.watcher.doctor.TempDiskUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    description = {
      "Looks for settings of VMs and scale sets that take a drain its notice, and says what to do.",
      "Terminate notification, automatic approval, eviction policy, disks, OS upgrades, planned"
          + " maintenance, identity, roles. Says nothing where all is well. Changes nothing without"
          + " --fix."
    },
    footer = {
      "",
      "Example: drainwatch azure doctor --resource-group my-group --subscription ID",
      "         drainwatch azure doctor --vmss ID --fix terminate-notification --yes",
      "",
      "Exit codes: 0 no problem (there may be warnings), 1 a problem, 2 wrong arguments,"
          + " 3 faulty configuration, 6 Azure does not answer."
    })
final class AzureDoctorCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration FOR_A_CHANGE = Duration.ofMinutes(15);

  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private AzureOption azure = new AzureOption();
  @Mixin private AzureTarget target = new AzureTarget();
  @Mixin private OutputOption output = new OutputOption();

  @Option(names = "--all", description = "Also what is well")
  private boolean all;

  @Option(
      names = "--for",
      paramLabel = "FEATURE",
      split = ",",
      description =
          "Whether our roles are enough for: doctor, fix, rehearse, maintenance, facts, members,"
              + " peers, states, protection, acknowledging, events. Default: doctor")
  private Set<Feature> features = EnumSet.of(Feature.DOCTOR);

  @Option(
      names = "--fix",
      paramLabel = "WHAT",
      description = "terminate-notification: switches it on for the scale sets that lack it")
  private @Nullable String fix;

  @Option(
      names = "--ahead",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "With --fix: how long ahead a Terminate is told, 5m to 15m. Default: 15m")
  private Duration ahead = LONGEST;

  @Option(names = "--yes", description = "With --fix: does not ask")
  private boolean yes;

  private final Caller caller;

  AzureDoctorCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.off();
    refuseWhatCannotBe();
    AzureTarget.Chosen chosen = target.chosen(caller, configuration);
    try (AzureResources resources = azure.open(caller, configuration)) {
      List<Examined> examined = examine(resources, chosen);
      if (fix != null && mend(resources, examined)) {
        examined = examine(resources, chosen);
      }
      List<AzureFinding> findings =
          AzureDiagnosis.of(examined, new Examined.Question(features, caller.clock().instant()));
      print(findings);
      return findings.stream().anyMatch(each -> each.finding().result() == Finding.Result.PROBLEM)
          ? ExitCode.FAILED
          : ExitCode.OK;
    }
  }

  private void refuseWhatCannotBe() {
    if (fix != null && !fix.equals("terminate-notification")) {
      throw AzureTarget.usage(
          "--fix can mend terminate-notification only; for everything else the advice says how.");
    }
    if (fix == null && yes) {
      throw AzureTarget.usage("--yes goes with --fix only.");
    }
    if (ahead.compareTo(SHORTEST) < 0 || ahead.compareTo(LONGEST) > 0) {
      throw AzureTarget.usage("--ahead is 5m to 15m: Azure takes no other.");
    }
  }

  private List<Examined> examine(AzureResources resources, AzureTarget.Chosen chosen) {
    List<Examined> examined =
        switch (chosen) {
          case AzureTarget.Chosen.Group(String subscription, String name) ->
              examination(resources, false).ofGroup(subscription, name);
          case AzureTarget.Chosen.One one -> examination(resources, one.isThisVm()).of(one.id());
        };
    // where even the first answer did not come, the rest would only say so again
    if (!examined.isEmpty()
        && examined.getFirst() instanceof Examined.Unread(Trouble trouble)
        && trouble.isOfTheConnection()) {
      throw AzureOption.stopped(trouble);
    }
    return examined;
  }

  private AzureExamination examination(AzureResources resources, boolean isThisVm) {
    return new AzureExamination(
        resources,
        !features.isEmpty(),
        isThisVm ? TempDiskUse.words(Path.of("/")) : Optional.empty());
  }

  /** Whether anything was changed. */
  private boolean mend(AzureResources resources, List<Examined> examined)
      throws InterruptedException {
    boolean changed = false;
    for (Examined each : examined) {
      if (each instanceof Examined.OfScaleSet of && AzureDiagnosis.lacksNotice(of.set(), ahead)) {
        changed |= mend(resources, of.set());
      }
    }
    return changed;
  }

  private boolean mend(AzureResources resources, ScaleSet set) throws InterruptedException {
    String what =
        "terminate notification of " + set.id().words() + ", " + ahead.toMinutes() + " min ahead";
    if (!yes) {
      if (!caller.person().isThere()) {
        throw AzureTarget.usage("Nobody is there to be asked: say --yes.");
      }
      if (!caller.person().agrees("Switch on the " + what + "?")) {
        caller.complain("Left as it is: " + set.id().words() + ".");
        return false;
      }
    }
    return switch (resources.setTerminateNotification(set.id(), ahead)) {
      case AzureAnswer.NotTold<Operation>(Trouble trouble) -> throw AzureOption.stopped(trouble);
      case AzureAnswer.Told<Operation>(Operation operation) -> {
        Optional<String> fault =
            switch (new OperationEnd(caller, FOR_A_CHANGE).of(operation)) {
              case OperationEnd.Outcome.Done() -> Optional.empty();
              case OperationEnd.Outcome.Failed(String why) -> Optional.of(why);
              case OperationEnd.Outcome.NotKnown(String why) -> Optional.of(why);
            };
        if (fault.isPresent()) {
          throw new CommandStopped(ExitCode.FAILED, Lines.plain(fault.get()));
        }
        caller.complain("Switched on: " + what + ".");
        yield true;
      }
    };
  }

  private void print(List<AzureFinding> findings) {
    if (output.isJson()) {
      caller.out().println(json(findings));
      return;
    }
    for (AzureFinding each : findings) {
      if (all || !each.isOk()) {
        Finding finding = each.finding();
        caller
            .out()
            .println(
                Lines.plain(
                    Lines.padded(finding.result().word(), 9)
                        + Lines.padded(finding.check(), 24)
                        + each.on()
                        + ": "
                        + finding.text()
                        + (finding.advice().isEmpty() ? "" : ". " + finding.advice())));
      }
    }
  }

  private static ArrayNode json(List<AzureFinding> findings) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (AzureFinding each : findings) {
      list.addObject()
          .put("resource", each.on())
          .put("check", each.finding().check())
          .put("result", each.finding().result().word())
          .put("text", each.finding().text())
          .put("advice", each.finding().advice());
    }
    return list;
  }
}
