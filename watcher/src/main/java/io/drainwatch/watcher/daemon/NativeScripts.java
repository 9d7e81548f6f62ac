package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Contract;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.scripts.HookDirectories;
import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.HookListing;
import io.drainwatch.drainer.scripts.ScriptCalls;
import io.drainwatch.drainer.scripts.ScriptOutput;
import io.drainwatch.drainer.scripts.ScriptRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Native scripts (drain-scripts.md part 1): one after another, or those of a hook all at once.
 * Those of the peer hooks are called once for each peer.
 */
final class NativeScripts implements ContractScripts {
  private static final Logger LOG = LoggerFactory.getLogger(NativeScripts.class);

  private final HookDirectories directories;
  private final Set<Hook> parallel;
  private final ScriptRunner runner;
  private final ScriptCalls calls;

  NativeScripts(
      HookDirectories directories, Set<Hook> parallel, ScriptRunner runner, ScriptCalls calls) {
    this.directories = directories;
    this.parallel = Set.copyOf(parallel);
    this.runner = runner;
    this.calls = calls;
  }

  @Override
  public List<List<FoundScript>> rows(Hook hook, Watch watch) {
    HookListing listing = directories.list(hook);
    listing
        .warnings()
        .forEach(entry -> LOG.warn("{} is not run: {}", entry.path(), entry.verdict().text()));
    List<List<FoundScript>> rows = new ArrayList<>();
    for (Optional<String> peer : peers(hook, watch)) {
      List<FoundScript> scripts =
          listing.scripts().stream().<FoundScript>map(entry -> found(hook, entry, peer)).toList();
      if (parallel.contains(hook)) {
        rows.add(scripts);
      } else {
        scripts.forEach(script -> rows.add(List.of(script)));
      }
    }
    return rows;
  }

  /** Whom the scripts of a hook are called for, one after another; empty: for this VM. */
  private static List<Optional<String>> peers(Hook hook, Watch watch) {
    return hook.isOfPeers()
        ? watch.peers().removal().stream()
            .filter(removal -> removal.hook().hook() == hook)
            .flatMap(removal -> removal.of().vms().stream())
            .map(Optional::of)
            .toList()
        : List.of(Optional.empty());
  }

  private Script found(Hook hook, HookEntry entry, Optional<String> peer) {
    return new Script(
        hook,
        entry.path(),
        peer,
        new PlannedScript(
            peer.map(vm -> vm + ": " + entry.name()).orElse(entry.name()),
            Contract.NATIVE,
            entry.verdict().whyRefused()));
  }

  private final class Script implements FoundScript {
    private final Hook hook;
    private final Path path;
    private final Optional<String> peer;
    private final PlannedScript planned;

    Script(Hook hook, Path path, Optional<String> peer, PlannedScript planned) {
      this.hook = hook;
      this.path = path;
      this.peer = peer;
      this.planned = planned;
    }

    @Override
    public PlannedScript planned() {
      return planned;
    }

    @Override
    public String file() {
      return String.valueOf(path.getFileName());
    }

    @Override
    public Optional<String> peer() {
      return peer;
    }

    @Override
    public PreparedCall prepare(CallOccasion occasion, ScriptOutput log) {
      return new PreparedCall.Ready(
          runner,
          calls.call(
              path, hook, occasion.argument(), occasion.json(), occasion.variables(true), log),
          outcome -> outcome);
    }
  }
}
