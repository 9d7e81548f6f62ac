package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drainwatch.drainer.bosh.BoshTree;
import io.drainwatch.drainer.scripts.SafetyCheck;
import io.drainwatch.drainer.slipstream.SlipStreamDirectory;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import io.drainwatch.watcher.configuration.Reading;
import io.drainwatch.watcher.doctor.Diagnosis;
import io.drainwatch.watcher.doctor.Examination;
import io.drainwatch.watcher.doctor.Facts;
import io.drainwatch.watcher.doctor.Finding;
import io.drainwatch.watcher.events.MetadataSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    description = {
      "Looks for everything that would go wrong, before it does.",
      "Configuration, state directory, scripts, metadata service, clock, Java, port, service: one"
          + " line for each check. Run it as the daemon's user. Its question for events switches"
          + " them on for the VM, as the daemon's would."
    },
    footer = {
      "",
      "Example: sudo drainwatch doctor",
      "         drainwatch doctor --config ./drainwatch.yml --output json",
      "",
      "Exit codes: 0 no problem (there may be warnings), 1 a problem, 2 wrong arguments."
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      converter = DurationText.class,
      description =
          "How long the first answer about events is waited for; where they are not switched on yet"
              + " it may take 150s. Default: 10s")
  private Duration patience = Duration.ofSeconds(10);

  private final Caller caller;

  DoctorCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() {
    Logging.off();
    List<Finding> findings = Diagnosis.of(facts());
    if (output.isJson()) {
      caller.out().println(json(findings));
    } else {
      findings.forEach(this::print);
      caller.out().println(sum(findings));
    }
    return count(findings, Finding.Result.PROBLEM) > 0 ? ExitCode.FAILED : ExitCode.OK;
  }

  private Facts facts() {
    Examination examination =
        new Examination(Path.of("/"), caller.environment(), caller.clock(), System::nanoTime);
    return switch (configuration.reading(caller)) {
      case Reading.Faults faults -> examination.faulty(configuration.file(), faults);
      case Reading.Read read -> examination.of(configuration.file(), read, parts(read.settings()));
    };
  }

  private Examination.Parts parts(DrainwatchSettings settings) {
    SafetyCheck check = caller.safety().get();
    ScriptModes modes = caller.modes().apply(settings);
    return new Examination.Parts(
        HooksListCommand.directories(settings, caller),
        modes.bosh(),
        new BoshTree(modes.bosh(), ScriptModes.check(modes.bosh(), check)),
        modes.slipStream(),
        new SlipStreamDirectory(
            modes.slipStream().directory(),
            ConfiguredDaemon.scriptNames(settings.hooks())::skips,
            check),
        metadata(settings));
  }

  private MetadataSettings metadata(DrainwatchSettings settings) {
    MetadataSettings configured = ConfiguredDaemon.metadata(settings);
    return new MetadataSettings(
        configured.base(),
        configured.versions(),
        configured.instanceVersion(),
        configured.pollInterval(),
        configured.connectLimit(),
        configured.exchangeLimit(),
        patience);
  }

  private void print(Finding finding) {
    caller
        .out()
        .println(
            Lines.plain(
                Lines.padded(finding.result().word(), 9)
                    + Lines.padded(finding.check(), 18)
                    + finding.text()
                    + (finding.advice().isEmpty() ? "" : ". " + finding.advice())));
  }

  private static String sum(List<Finding> findings) {
    long problems = count(findings, Finding.Result.PROBLEM);
    long warnings = count(findings, Finding.Result.WARNING);
    return plural(problems, "problem") + ", " + plural(warnings, "warning") + ".";
  }

  private static String plural(long count, String word) {
    return (count == 0 ? "no" : String.valueOf(count)) + " " + word + (count == 1 ? "" : "s");
  }

  private static long count(List<Finding> findings, Finding.Result result) {
    return findings.stream().filter(finding -> finding.result() == result).count();
  }

  private static ArrayNode json(List<Finding> findings) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Finding finding : findings) {
      list.addObject()
          .put("check", finding.check())
          .put("result", finding.result().word())
          .put("text", finding.text())
          .put("advice", finding.advice());
    }
    return list;
  }
}
