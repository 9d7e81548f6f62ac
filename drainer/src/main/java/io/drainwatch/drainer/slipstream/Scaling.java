package io.drainwatch.drainer.slipstream;

import io.drainwatch.drainer.context.Effects;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookRun;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.ScriptRun;
import java.util.List;
import java.util.Optional;

/**
 * Which SlipStream hooks run, for whom and with which action (drain-scripts.md, parts 2.4 and 4).
 * Values in, values out; {@link Effects} are those of the event and the VM in question.
 *
 * <ul>
 *   <li>Pre-Scale: in the hook drain, on the VM named; so a Freeze has one only if it is drained.
 *   <li>Post-Scale: in the hook running, if its Pre-Scale was told anything but vm_remove, with the
 *       same action. Where no Pre-Scale script is there to be told, the event decides.
 *   <li>On VM Remove: on the VMs that are not named, when a Preempt or Terminate took the others
 *       away; one call for each group.
 *   <li>On VM Add: on the VMs that are not new.
 * </ul>
 */
public final class Scaling {

  private final SlipStreamSettings settings;

  public Scaling(SlipStreamSettings settings) {
    this.settings = settings;
  }

  /**
   * @param event of those of the episode, the one its scripts are told about
   * @param drained whether the machine is drained for it, not merely observed
   */
  public Optional<ScalingOccasion> preScale(
      ScheduledEvent event, Effects effects, boolean drained, String self) {
    return settings.on()
        ? actionFor(event, effects, drained)
            .map(action -> ofTheVmNamed(SlipStreamHook.PRE_SCALE, event.resources(), action, self))
        : Optional.empty();
  }

  /**
   * @param effects of the event that leads the episode
   */
  public Optional<ScalingOccasion> postScale(Episode episode, Effects effects) {
    return settings.on()
        ? toldBefore(episode, effects)
            .filter(ScalingAction::isFollowedByPostScale)
            .map(
                action ->
                    ofTheVmNamed(
                        SlipStreamHook.POST_SCALE,
                        episode.leading().event().resources(),
                        action,
                        episode.machine().vmName()))
        : Optional.empty();
  }

  /**
   * To be asked once an event was Started or past its NotBefore, and is gone from two documents.
   *
   * @param self the VM that sees it; empty where the event names it
   */
  public List<ScalingOccasion> onVmRemove(ScheduledEvent event, Effects effects, String self) {
    return settings.on() && effects.slipStream().peersAreTold() && !event.names(self)
        ? ofPeers(SlipStreamHook.ON_VM_REMOVE, event.resources(), self)
        : List.of();
  }

  /**
   * @param added VMs that are new, or back after an On VM Remove; where this VM is one of them it
   *     is told nothing (SS06)
   */
  public List<ScalingOccasion> onVmAdd(List<String> added, String self) {
    return settings.on() && added.stream().noneMatch(self::equalsIgnoreCase)
        ? ofPeers(SlipStreamHook.ON_VM_ADD, added, self)
        : List.of();
  }

  /**
   * The occasion that a script was listed for, when it is to be called: the action as it was
   * listed, the VMs as they are now. Empty when the event no longer names a VM of that group.
   *
   * @param vmNames the event's resources
   */
  public Optional<ScalingOccasion> occasion(
      ScalingScript script, List<String> vmNames, String self) {
    if (script.hook().isOfTheVmNamed()) {
      return ScalingAction.of(script.about())
          .map(action -> ofTheVmNamed(script.hook(), vmNames, action, self));
    }
    return settings
        .names()
        .group(script.about(), vmNames)
        .map(group -> ofPeer(script.hook(), group, self));
  }

  private Optional<ScalingAction> actionFor(
      ScheduledEvent event, Effects effects, boolean drained) {
    return effects
        .slipStream()
        .preScale(drained)
        .map(_ -> settings.actions().before(event, effects.slipStream()));
  }

  private Optional<ScalingAction> toldBefore(Episode episode, Effects effects) {
    HookRun drain = episode.hooks().get(Hook.DRAIN);
    if (drain == null) {
      // The episode that this one took over from may have been told; what, is not known any more.
      return episode.owesStart() ? byTheEvent(episode, effects) : Optional.empty();
    }
    List<ScriptRun> preScales =
        drain.scripts().stream()
            .filter(
                run ->
                    scriptOf(run).map(ScalingScript::hook).stream()
                        .anyMatch(SlipStreamHook.PRE_SCALE::equals))
            .toList();
    if (preScales.isEmpty()) {
      return drain.listed() ? byTheEvent(episode, effects) : Optional.empty();
    }
    return preScales.stream()
        .filter(Scaling::wasTold)
        .findFirst()
        .flatMap(Scaling::scriptOf)
        .flatMap(script -> ScalingAction.of(script.about()));
  }

  private static Optional<ScalingScript> scriptOf(ScriptRun run) {
    return ScalingScript.of(run.name());
  }

  // In dry-run a script counts as through without a call.
  private static boolean wasTold(ScriptRun run) {
    return run.attempts() > 0 || run.phase() == ScriptRun.Phase.SUCCEEDED;
  }

  private Optional<ScalingAction> byTheEvent(Episode episode, Effects effects) {
    return actionFor(episode.leading().event(), effects, true);
  }

  private ScalingOccasion ofTheVmNamed(
      SlipStreamHook hook, List<String> vmNames, ScalingAction action, String self) {
    return new ScalingOccasion(
        hook,
        settings.names().groupOf(self, vmNames),
        Optional.of(action),
        settings.names().instanceName(self));
  }

  private List<ScalingOccasion> ofPeers(SlipStreamHook hook, List<String> vmNames, String self) {
    return settings.names().groups(vmNames).stream()
        .map(group -> ofPeer(hook, group, self))
        .toList();
  }

  private ScalingOccasion ofPeer(SlipStreamHook hook, ScalingGroup group, String self) {
    return new ScalingOccasion(hook, group, Optional.empty(), settings.names().instanceName(self));
  }
}
