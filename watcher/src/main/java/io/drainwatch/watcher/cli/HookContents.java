package io.drainwatch.watcher.cli;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.drainwatch.drainer.bosh.BoshEntry;
import io.drainwatch.drainer.bosh.BoshScript;
import io.drainwatch.drainer.bosh.BoshSequence;
import io.drainwatch.drainer.bosh.BoshSettings;
import io.drainwatch.drainer.bosh.BoshTree;
import io.drainwatch.drainer.maintenance.Contract;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.scripts.HookDirectories;
import io.drainwatch.drainer.scripts.ScriptNames;
import io.drainwatch.drainer.scripts.Verdict;
import io.drainwatch.drainer.slipstream.SlipStreamDirectory;
import io.drainwatch.drainer.slipstream.SlipStreamHook;
import io.drainwatch.drainer.slipstream.SlipStreamListing;
import io.drainwatch.watcher.configuration.DrainwatchSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a hook consists of, in the order in which it would run (drain-scripts.md 1.3). */
final class HookContents {

  /**
   * A script, or what only looks like one.
   *
   * @param name as in the daemon's record, but without what only an event tells
   * @param what for people: the file, or the words of a command
   */
  record Part(Contract contract, String name, Path path, String what, Verdict verdict) {}

  private final HookDirectories directories;
  private final BoshSettings bosh;
  private final BoshTree tree;
  private final boolean slipStreamOn;
  private final SlipStreamDirectory slipStream;

  HookContents(Caller caller, DrainwatchSettings settings) {
    ScriptModes modes = caller.modes().apply(settings);
    ScriptNames names = ConfiguredDaemon.scriptNames(settings.hooks());
    this.directories = HooksListCommand.directories(settings, caller);
    this.bosh = modes.bosh();
    this.tree = new BoshTree(bosh, ScriptModes.check(bosh, caller.safety().get()));
    this.slipStreamOn = modes.slipStream().on();
    this.slipStream =
        new SlipStreamDirectory(
            modes.slipStream().directory(), names::skips, caller.safety().get());
  }

  /** Directories that are no hook's. */
  List<String> unknownDirectories() {
    return directories.unknownDirectories();
  }

  List<Part> of(Hook hook) {
    return Stream.of(ofNativeScripts(hook), ofBosh(hook), ofSlipStream(hook))
        .flatMap(part -> part)
        .toList();
  }

  private Stream<Part> ofNativeScripts(Hook hook) {
    return directories.list(hook).entries().stream()
        .map(entry -> file(Contract.NATIVE, entry.name(), entry.path(), entry.verdict()));
  }

  private Stream<Part> ofBosh(Hook hook) {
    return BoshSequence.of(hook).stream()
        .flatMap(
            step ->
                switch (step) {
                  case BoshSequence.Step.Scripts(BoshScript script) -> ofJobs(script);
                  case BoshSequence.Step.StopCommands() -> commands("bosh.stop", bosh.stop());
                  case BoshSequence.Step.StartCommands() -> commands("bosh.start", bosh.start());
                });
  }

  /** Most jobs have few of the five scripts: what is not there is not worth a line. */
  private Stream<Part> ofJobs(BoshScript script) {
    return tree.list(script).entries().stream()
        .filter(entry -> entry.counts() || isThere(entry) || !isSilent(entry.verdict()))
        .map(entry -> file(Contract.BOSH, "bosh/" + entry.job(), entry.path(), entry.verdict()));
  }

  private static boolean isThere(BoshEntry entry) {
    return Files.exists(entry.path(), NOFOLLOW_LINKS);
  }

  private static boolean isSilent(Verdict verdict) {
    return verdict instanceof Verdict.Skipped skipped && skipped.silent();
  }

  private Stream<Part> commands(String key, List<List<String>> commands) {
    return bosh.enabled()
        ? commands.stream()
            .map(
                words ->
                    new Part(
                        Contract.BOSH_COMMAND,
                        key,
                        Path.of(words.getFirst()),
                        key + ": " + String.join(" ", words),
                        new Verdict.Runs()))
        : Stream.empty();
  }

  private Stream<Part> ofSlipStream(Hook hook) {
    return slipStreamOn
        ? Arrays.stream(SlipStreamHook.values())
            .filter(each -> each.contextHook().orElse(Hook.PEER_ADDED) == hook)
            .flatMap(each -> slipStream.list(each).targets().stream().map(it -> part(each, it)))
        : Stream.empty();
  }

  private static Part part(SlipStreamHook hook, SlipStreamListing.Target target) {
    String name = "slipstream/" + hook.word();
    return file(
        Contract.SLIPSTREAM,
        target.subTarget().map(sub -> name + "/" + sub).orElse(name),
        target.entry().path(),
        target.entry().verdict());
  }

  private static Part file(Contract contract, String name, Path path, Verdict verdict) {
    return new Part(contract, name, path, path.toString(), verdict);
  }
}
