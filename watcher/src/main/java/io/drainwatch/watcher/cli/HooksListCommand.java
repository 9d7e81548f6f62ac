package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.Contract;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.HookDirectories;
import io.drainwatch.drainer.scripts.Verdict;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "list",
    description = {
      "Shows what would run, in order, and why everything else would not, as this user sees it.",
      "In each hook: native scripts, then those of BOSH jobs (all at once) and the commands that"
          + " follow them, then SlipStream's. BOSH and SlipStream scripts are shown where their"
          + " mode is enabled."
    },
    footer = {
      "",
      "Example: drainwatch hooks list drain",
      "",
      "Exit codes: 0 done, 1 a script is refused, 2 wrong arguments, 3 faulty configuration."
    })
final class HooksListCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "HOOK",
      converter = HookText.class,
      description = "One hook only, such as drain. Default: all")
  private @Nullable Hook hook;

  private final Caller caller;

  HooksListCommand(Caller caller) {
    this.caller = caller;
  }

  @Override
  public Integer call() {
    Logging.off();
    DrainwatchSettings settings = configuration.settings(caller);
    HookContents parts = new HookContents(caller, settings);
    SequencedMap<Hook, List<HookContents.Part>> hooks = new LinkedHashMap<>();
    for (Hook each : hook == null ? List.of(Hook.values()) : List.of(hook)) {
      hooks.put(each, parts.of(each));
    }
    List<String> unknown = hook == null ? parts.unknownDirectories() : List.of();
    if (output.isJson()) {
      caller.out().println(json(hooks, unknown));
    } else {
      print(settings, hooks, unknown);
    }
    boolean refused =
        hooks.values().stream()
            .flatMap(List::stream)
            .anyMatch(part -> part.verdict() instanceof Verdict.Refused);
    return refused ? ExitCode.FAILED : ExitCode.OK;
  }

  static HookDirectories directories(DrainwatchSettings settings, Caller caller) {
    return new HookDirectories(
        settings.hooks().directories(),
        ConfiguredDaemon.scriptNames(settings.hooks()),
        caller.safety().get());
  }

  private void print(
      DrainwatchSettings settings, Map<Hook, List<HookContents.Part>> hooks, List<String> unknown) {
    hooks.forEach((each, parts) -> parts.forEach(part -> caller.out().println(row(each, part))));
    for (String directory : unknown) {
      caller.out().println(Lines.plain(directory + " is no hook: what lies in it is never run"));
    }
    if (hooks.values().stream().allMatch(List::isEmpty)) {
      caller
          .out()
          .println(
              "No script in "
                  + settings.hooks().directories().stream()
                      .map(Path::toString)
                      .collect(Collectors.joining(", "))
                  + (hook == null ? "" : " for hook " + hook.word())
                  + ".");
    }
  }

  private static String row(Hook hook, HookContents.Part part) {
    return Lines.plain(Lines.padded(hook.word(), 13) + part.what() + "  " + part.verdict().text());
  }

  private static ObjectNode json(Map<Hook, List<HookContents.Part>> hooks, List<String> unknown) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ArrayNode array = all.putArray("hooks");
    hooks.forEach(
        (hook, parts) -> {
          ObjectNode one = array.addObject().put("hook", hook.word());
          ArrayNode entries = one.putArray("entries");
          for (HookContents.Part part : parts) {
            entries
                .addObject()
                .put("contract", word(part.contract()))
                .put("name", part.name())
                .put("path", part.path().toString())
                .put("verdict", word(part.verdict()))
                .put("text", part.verdict().text());
          }
        });
    ArrayNode unknownDirectories = all.putArray("unknownDirectories");
    unknown.forEach(unknownDirectories::add);
    return all;
  }

  private static String word(Contract contract) {
    return switch (contract) {
      case NATIVE -> "native";
      case BOSH -> "bosh";
      case BOSH_COMMAND -> "bosh-command";
      case SLIPSTREAM -> "slipstream";
    };
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Runs runs -> "runs";
      case Verdict.Refused refused -> "refused";
      case Verdict.Skipped skipped -> "skipped";
      case Verdict.Masked masked -> "masked";
    };
  }
}
