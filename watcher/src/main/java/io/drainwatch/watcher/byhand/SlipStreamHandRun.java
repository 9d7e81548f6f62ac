package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.context.Effects;
import io.drainwatch.drainer.context.VmFacts;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.HookEntry;
import io.drainwatch.drainer.scripts.ScriptCall;
import io.drainwatch.drainer.scripts.ScriptSummary;
import io.drainwatch.drainer.slipstream.Scaling;
import io.drainwatch.drainer.slipstream.ScalingAction;
import io.drainwatch.drainer.slipstream.ScalingCalls;
import io.drainwatch.drainer.slipstream.ScalingOccasion;
import io.drainwatch.drainer.slipstream.ScalingScript;
import io.drainwatch.drainer.slipstream.SlipStreamDirectory;
import io.drainwatch.drainer.slipstream.SlipStreamHook;
import io.drainwatch.drainer.slipstream.SlipStreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Shell: runs the SlipStream scripts that belong to one hook (drain-scripts.md part 4), one after
 * another, and goes on after a failure. Blocks.
 */
public final class SlipStreamHandRun {

  /**
   * A script that is to be called.
   *
   * @param subject whose drain context it gets; empty for On VM Add, which has no event
   */
  public record Planned(
      ScalingOccasion occasion,
      ScalingScript script,
      HookEntry entry,
      Optional<Occasion> subject,
      VmFacts facts) {
    public String name() {
      return script.name();
    }
  }

  private final Workbench bench;
  private final SlipStreamSettings settings;
  private final SlipStreamDirectory directory;
  private final ScalingCalls calls;
  private final Scaling scaling;
  private final OneCall call;

  /**
   * @param work SlipStream's own current directory
   */
  public SlipStreamHandRun(
      Workbench bench, SlipStreamSettings settings, SlipStreamDirectory directory, Path work) {
    this.bench = bench;
    this.settings = settings;
    this.directory = directory;
    this.calls = new ScalingCalls(settings, work);
    this.scaling = new Scaling(settings);
    this.call = new OneCall(bench.runner(), bench.clock());
  }

  /** Whether anything could run with the hook, for some event. */
  public boolean hasScripts(Hook hook) {
    return settings.on()
        && Arrays.stream(SlipStreamHook.values())
            .filter(each -> each.contextHook().orElse(Hook.PEER_ADDED) == hook)
            .anyMatch(each -> !directory.list(each).scripts().isEmpty());
  }

  /** What runs with a hook for an event of this VM; nothing with most hooks and events. */
  public List<Planned> planned(Hook hook, Occasion of, VmFacts facts) {
    Effects effects = of.effects(facts, bench.settings().context());
    Optional<ScalingOccasion> before = scaling.preScale(of.event(), effects, true, facts.name());
    Optional<ScalingOccasion> occasion =
        switch (hook) {
          case DRAIN -> before;
          case RUNNING ->
              of instanceof RecordedOccasion(var episode)
                  ? scaling.postScale(episode, effects)
                  : before.flatMap(SlipStreamHandRun::after);
          case SCHEDULED,
              CORDON,
              PRE_STOP,
              POST_STOP,
              STARTED,
              PRE_START,
              POST_START,
              UNCORDON,
              CANCELLED,
              PEER_REMOVED,
              PEER_ADDED ->
              Optional.empty();
        };
    return occasion.stream().flatMap(one -> scripts(one, Optional.of(of), facts)).toList();
  }

  /** For VMs that one event took: once for each group of them, told of the first of it. */
  public List<Planned> plannedRemoved(List<RemovedPeer> peers) {
    List<Planned> planned = new ArrayList<>();
    for (RemovedPeer any : peers.stream().limit(1).toList()) {
      Effects effects = any.effects(SampleVm.named(any.self()), bench.settings().context());
      for (ScalingOccasion one : scaling.onVmRemove(any.event(), effects, any.self())) {
        RemovedPeer first =
            peers.stream().filter(peer -> isOf(one, peer.vm())).findFirst().orElse(any);
        scripts(one, Optional.of(first), first.facts()).forEach(planned::add);
      }
    }
    return planned;
  }

  /** For VMs that are new, or back: once for each group of them. */
  public List<Planned> plannedAdded(List<String> vms, String self) {
    return scaling.onVmAdd(vms, self).stream()
        .flatMap(one -> scripts(one, Optional.empty(), SampleVm.named(self)))
        .toList();
  }

  /** Which scripts failed and which did not. */
  public ScriptSummary run(Hook hook, List<Planned> planned) throws InterruptedException {
    List<String> failed = new ArrayList<>();
    List<String> successful = new ArrayList<>();
    for (Planned one : planned) {
      Optional<String> refusal = one.entry().verdict().whyRefused();
      if (refusal.isPresent()) {
        bench.listener().notCalled(hook, one.name(), one.entry().path(), refusal.get());
      }
      boolean succeeded = refusal.isEmpty() && succeeds(hook, one);
      (succeeded ? successful : failed).add(one.name());
    }
    return new ScriptSummary(hook.word(), failed, successful);
  }

  private boolean succeeds(Hook hook, Planned one) throws InterruptedException {
    Instant begun = bench.clock().instant();
    Instant endBy =
        TimeLimit.endBy(
            hook, begun, bench.settings().limit(), one.subject().flatMap(Occasion::deadline));
    int attempt = one.subject().map(of -> of.callsSoFar(hook, one.name())).orElse(0) + 1;
    Action.RunScript asked = new Action.RunScript(hook, one.name(), attempt, false, endBy, false);
    Map<String, String> context =
        one.subject()
            .map(
                of ->
                    Told.about(
                        of, one.facts(), asked, one.script().fileName(), begun, bench.settings()))
            .map(Told::variables)
            .orElse(Map.of());
    Transcript transcript = new Transcript(bench.listener());
    return switch (calls.prepare(
        one.entry().path(), one.occasion(), context, transcript.output())) {
      case ScalingCalls.Prepared.Impossible(var outcome) -> {
        bench.listener().notCalled(hook, one.name(), one.entry().path(), outcome.why());
        yield false;
      }
      case ScalingCalls.Prepared.Ready(var script) ->
          succeeds(
              one,
              Call.of(hook, one.name(), attempt, script, bench.runner()),
              script,
              transcript,
              begun,
              endBy);
    };
  }

  private boolean succeeds(
      Planned one,
      Call told,
      ScriptCall script,
      Transcript transcript,
      Instant begun,
      Instant endBy)
      throws InterruptedException {
    transcript.begins(told);
    ScriptOutcome outcome =
        settings
            .exitCode()
            .judge(
                call.make(
                    script,
                    Duration.between(begun, endBy),
                    one.subject().flatMap(Occasion::notBefore)));
    Judged judged = Judged.of(outcome);
    Duration lasted = Duration.between(begun, bench.clock().instant());
    bench.listener().ended(new Call.Answer(told, outcome, judged, lasted, transcript.lines()));
    return judged instanceof Judged.Done;
  }

  private Stream<Planned> scripts(
      ScalingOccasion occasion, Optional<Occasion> subject, VmFacts facts) {
    return directory.list(occasion.hook()).scripts().stream()
        .map(
            target ->
                new Planned(
                    occasion, occasion.script(target.subTarget()), target.entry(), subject, facts));
  }

  private boolean isOf(ScalingOccasion occasion, String vm) {
    return settings.names().group(occasion.group().node(), List.of(vm)).isPresent();
  }

  /** A Post-Scale is told what its Pre-Scale was told, if it follows at all (SS03, SS04). */
  private static Optional<ScalingOccasion> after(ScalingOccasion before) {
    return before
        .action()
        .filter(ScalingAction::isFollowedByPostScale)
        .map(
            action ->
                new ScalingOccasion(
                    SlipStreamHook.POST_SCALE,
                    before.group(),
                    Optional.of(action),
                    before.instance()));
  }
}
