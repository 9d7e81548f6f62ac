package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.context.Effects;
import io.drainwatch.drainer.maintenance.Contract;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.PlannedScript;
import io.drainwatch.drainer.maintenance.Removal;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.scripts.ScriptOutput;
import io.drainwatch.drainer.scripts.ScriptRunner;
import io.drainwatch.drainer.slipstream.Scaling;
import io.drainwatch.drainer.slipstream.ScalingCalls;
import io.drainwatch.drainer.slipstream.ScalingOccasion;
import io.drainwatch.drainer.slipstream.ScalingScript;
import io.drainwatch.drainer.slipstream.SlipStreamDirectory;
import io.drainwatch.drainer.slipstream.SlipStreamListing;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SlipStream's hooks (drain-scripts.md part 4), one script after another. What a script is told is
 * in its name, hence in the record: a call that is repeated is told the same.
 */
final class SlipStreamScripts implements ContractScripts {
  private static final Logger LOG = LoggerFactory.getLogger(SlipStreamScripts.class);

  /** What the event of this VM, or that of removed peers, does. */
  interface EffectsOf {
    Effects episode(Watch watch);

    Effects removal(Watch watch);
  }

  private final SlipStreamSettings settings;
  private final Scaling scaling;
  private final SlipStreamDirectory directory;
  private final ScriptRunner runner;
  private final ScalingCalls calls;
  private final Supplier<String> self;
  private final EffectsOf effects;

  SlipStreamScripts(
      SlipStreamSettings settings,
      SlipStreamDirectory directory,
      ScriptRunner runner,
      ScalingCalls calls,
      Supplier<String> self,
      EffectsOf effects) {
    this.settings = settings;
    this.scaling = new Scaling(settings);
    this.directory = directory;
    this.runner = runner;
    this.calls = calls;
    this.self = self;
    this.effects = effects;
  }

  @Override
  public List<List<FoundScript>> rows(Hook hook, Watch watch) {
    List<List<FoundScript>> rows = new ArrayList<>();
    if (settings.on()) {
      for (ScalingOccasion occasion : occasions(hook, watch)) {
        found(occasion, peerOf(occasion, watch)).forEach(script -> rows.add(List.of(script)));
      }
    }
    return rows;
  }

  @Override
  public Optional<FoundScript> named(String script, Watch watch) {
    return ScalingScript.of(script)
        .filter(_ -> settings.on())
        .filter(named -> Files.exists(directory.pathOf(named)))
        .map(
            named ->
                new Script(
                    PlannedScript.runs(script, Contract.SLIPSTREAM),
                    named.hook().isOfTheVmNamed() ? Optional.empty() : peer(named.about(), watch)));
  }

  private List<ScalingOccasion> occasions(Hook hook, Watch watch) {
    return switch (hook) {
      case DRAIN ->
          watch.episode().stream()
              .flatMap(
                  episode ->
                      scaling
                          .preScale(
                              episode.leading().event(), effects.episode(watch), true, self.get())
                          .stream())
              .toList();
      case RUNNING ->
          watch.episode().stream()
              .flatMap(episode -> scaling.postScale(episode, effects.episode(watch)).stream())
              .toList();
      case PEER_REMOVED ->
          under(hook, watch)
              .flatMap(
                  removal ->
                      scaling
                          .onVmRemove(removal.of().event(), effects.removal(watch), self.get())
                          .stream())
              .toList();
      case PEER_ADDED ->
          under(hook, watch)
              .flatMap(added -> scaling.onVmAdd(added.of().vms(), self.get()).stream())
              .toList();
      case SCHEDULED,
          CORDON,
          PRE_STOP,
          POST_STOP,
          STARTED,
          PRE_START,
          POST_START,
          UNCORDON,
          CANCELLED ->
          List.of();
    };
  }

  private static Stream<Removal> under(Hook hook, Watch watch) {
    return watch.peers().removal().stream().filter(each -> each.hook().hook() == hook);
  }

  /** The VM whose context the scripts of a group get: the first of it that the event names. */
  private Optional<String> peerOf(ScalingOccasion occasion, Watch watch) {
    return occasion.hook().isOfTheVmNamed()
        ? Optional.empty()
        : peer(occasion.group().node(), watch);
  }

  private Optional<String> peer(String node, Watch watch) {
    return watch.peers().removal().stream()
        .flatMap(removal -> removal.of().vms().stream())
        .filter(vm -> settings.names().group(node, List.of(vm)).isPresent())
        .findFirst();
  }

  private List<FoundScript> found(ScalingOccasion occasion, Optional<String> peer) {
    SlipStreamListing listing = directory.list(occasion.hook());
    listing
        .warnings()
        .forEach(
            target ->
                LOG.warn(
                    "{} is not run: {}", target.entry().path(), target.entry().verdict().text()));
    return listing.planned(occasion).stream()
        .<FoundScript>map(planned -> new Script(planned, peer))
        .toList();
  }

  private final class Script implements FoundScript {
    private final PlannedScript planned;
    private final Optional<String> peer;
    private final ScalingScript script;

    Script(PlannedScript planned, Optional<String> peer) {
      this.planned = planned;
      this.peer = peer;
      this.script =
          ScalingScript.of(planned.name())
              .orElseThrow(() -> new IllegalStateException("no SlipStream script: " + planned));
    }

    @Override
    public PlannedScript planned() {
      return planned;
    }

    @Override
    public String file() {
      return script.fileName();
    }

    @Override
    public Optional<String> peer() {
      return peer;
    }

    @Override
    public PreparedCall prepare(CallOccasion occasion, ScriptOutput log) {
      return scaling
          .occasion(script, occasion.resources(), self.get())
          .map(of -> prepare(of, occasion, log))
          .orElseGet(
              () ->
                  new PreparedCall.Impossible(
                      new ScriptOutcome.NotStarted(
                          "the event names no VM of " + script.about() + " any more")));
    }

    private PreparedCall prepare(ScalingOccasion of, CallOccasion occasion, ScriptOutput log) {
      return switch (calls.prepare(
          directory.pathOf(script), of, occasion.variables(settings.drainVariables()), log)) {
        case ScalingCalls.Prepared.Ready(var call) ->
            new PreparedCall.Ready(runner, call, settings.exitCode()::judge);
        case ScalingCalls.Prepared.Impossible(var outcome) -> new PreparedCall.Impossible(outcome);
      };
    }
  }
}
