package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.HookDirectories;
import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.HookListing;
import io.drainwatch.drainer.scripts.Verdict;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import java.nio.file.Path;
import java.util.List;
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
      "BOSH and SlipStream scripts are not run by this version."
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
    HookDirectories directories = directories(settings, caller);
    List<HookListing> listings =
        (hook == null ? List.of(Hook.values()) : List.of(hook))
            .stream().map(directories::list).toList();
    List<String> unknown = hook == null ? directories.unknownDirectories() : List.of();
    if (output.isJson()) {
      caller.out().println(json(listings, unknown));
    } else {
      print(settings, listings, unknown);
    }
    boolean refused =
        listings.stream()
            .flatMap(listing -> listing.entries().stream())
            .anyMatch(entry -> entry.verdict() instanceof Verdict.Refused);
    return refused ? ExitCode.FAILED : ExitCode.OK;
  }

  static HookDirectories directories(DrainwatchSettings settings, Caller caller) {
    return new HookDirectories(
        settings.hooks().directories(),
        ConfiguredDaemon.scriptNames(settings.hooks()),
        caller.safety().get());
  }

  private void print(
      DrainwatchSettings settings, List<HookListing> listings, List<String> unknown) {
    boolean any = false;
    for (HookListing listing : listings) {
      for (HookEntry entry : listing.entries()) {
        any = true;
        caller.out().println(row(listing.hook(), entry));
      }
    }
    for (String directory : unknown) {
      caller.out().println(Lines.plain(directory + " is no hook: what lies in it is never run"));
    }
    if (!any) {
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

  private static String row(Hook hook, HookEntry entry) {
    return Lines.plain(
        Lines.padded(hook.word(), 13) + entry.path() + "  " + entry.verdict().text());
  }

  private static ObjectNode json(List<HookListing> listings, List<String> unknown) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ArrayNode hooks = all.putArray("hooks");
    for (HookListing listing : listings) {
      ObjectNode one = hooks.addObject().put("hook", listing.hook().word());
      ArrayNode entries = one.putArray("entries");
      for (HookEntry entry : listing.entries()) {
        entries
            .addObject()
            .put("name", entry.name())
            .put("path", entry.path().toString())
            .put("verdict", word(entry.verdict()))
            .put("text", entry.verdict().text());
      }
    }
    ArrayNode unknownDirectories = all.putArray("unknownDirectories");
    unknown.forEach(unknownDirectories::add);
    return all;
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
