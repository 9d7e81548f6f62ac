package io.drainwatch.drainer.context;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The context as environment variables (drain-scripts.md 2.1, 2.3). All are set in every call;
 * unknown is empty, or -1 for numbers. A value above the inline limit is left out, DRAIN_CONTEXT
 * too: then DRAIN_CONTEXT_FILE has it.
 */
public final class DrainVariables {
  private final VariableMap variables;

  private DrainVariables(int maximumInlineBytes) {
    this.variables = new VariableMap(maximumInlineBytes);
  }

  /**
   * The variables of one call.
   *
   * @param contextFile where the same JSON lies; empty where no directory could be written
   * @param now what DRAIN_SECONDS_LEFT counts from
   * @param maximumInlineBytes of the settings
   */
  public static Map<String, String> of(
      DrainContext context, Optional<String> contextFile, Instant now, int maximumInlineBytes) {
    DrainVariables variables = new DrainVariables(maximumInlineBytes);
    variables.context(context, contextFile);
    variables.call(context);
    variables.event(context.event(), now);
    variables.vm(context);
    variables.nextStates(context);
    return variables.variables.asMap();
  }

  private void context(DrainContext context, Optional<String> contextFile) {
    variables.put(
        "DRAIN_CONTEXT", new String(DrainContextJson.write(context), StandardCharsets.UTF_8));
    contextFile.ifPresent(file -> variables.put("DRAIN_CONTEXT_FILE", file));
    variables.put("DRAIN_CONTEXT_VERSION", DrainContext.VERSION);
  }

  private void call(DrainContext context) {
    DrainContext.Invocation call = context.invocation();
    variables.put("DRAIN_ID", context.id());
    variables.put("DRAIN_HOOK", call.hook().word());
    variables.put("DRAIN_STAGE", call.stage().word());
    variables.put("DRAIN_ATTEMPT", call.attempt());
    variables.put("DRAIN_CHECK_STATUS", call.checkStatus() ? 1 : 0);
    variables.put("DRAIN_DRY_RUN", call.dryRun() ? 1 : 0);
  }

  private void event(DrainContext.Event event, Instant now) {
    variables.put("DRAIN_EVENT_ID", event.id());
    variables.put("DRAIN_EVENT_TYPE", event.type());
    variables.put("DRAIN_EVENT_STATUS", event.status().word());
    variables.put("DRAIN_EVENT_SOURCE", VariableMap.source(event.source()));
    variables.put("DRAIN_NOT_BEFORE", event.notBefore().map(Timestamp::text).orElse(""));
    variables.put("DRAIN_DEADLINE", event.deadline().map(Timestamp::text).orElse(""));
    variables.put(
        "DRAIN_DEADLINE_EPOCH", event.deadline().map(Instant::getEpochSecond).orElse(-1L));
    variables.put(
        "DRAIN_SECONDS_LEFT", event.deadline().map(end -> secondsLeft(now, end)).orElse(-1L));
    variables.put("DRAIN_DURATION_SECONDS", event.duration().map(Duration::toSeconds).orElse(-1L));
  }

  private void vm(DrainContext context) {
    DrainContext.Vm vm = context.vm();
    variables.put("DRAIN_VM_NAME", vm.name());
    variables.put("DRAIN_VM_STATE", vm.disposition().word());
    variables.put("DRAIN_VM_IS_SELF", vm.isSelf());
    variables.put("DRAIN_VM_RECREATED", vm.recreated());
    variables.put("DRAIN_VM_STOPPED", vm.stopped());
    variables.put("DRAIN_VM_DELETED", vm.deleted());
    variables.put("DRAIN_TARGET_STATES", list(vm.targetStates().stream().map(NextState::word)));
    variables.put(
        "DRAIN_AFFECTED_VMS", list(context.affectedVms().stream().map(one -> one.name())));
  }

  private void nextStates(DrainContext context) {
    NextState.Instance instance = context.instance().nextState();
    boolean goes = instance != NextState.Instance.KEEP;
    variables.put("DRAIN_VM_NEXT_STATE", context.vm().nextState().word());
    variables.put(
        "DRAIN_INSTANCE_NEXT_STATE",
        (goes ? NextState.Instance.DELETE : NextState.Instance.KEEP).word());
    variables.put("DRAIN_GROUP_NEXT_STATE", context.instanceGroup().nextState().word());
    variables.put("DRAIN_DEPLOYMENT_NEXT_STATE", context.deployment().nextState().word());
    variables.put(
        "DRAIN_JOB_NEXT_STATE",
        worst(
            context.jobs().stream().map(DrainContext.Job::nextState).toList(),
            NextState.Job.DELETED));
    variables.put("DRAIN_OS_DISK_NEXT_STATE", worstDisk(context, VmFacts.Disk.Kind.OS));
    variables.put(
        "DRAIN_PERSISTENT_DISK_NEXT_STATE", worstDisk(context, VmFacts.Disk.Kind.PERSISTENT));
    variables.put(
        "DRAIN_EPHEMERAL_DISK_NEXT_STATE", worstDisk(context, VmFacts.Disk.Kind.EPHEMERAL));
  }

  private static long secondsLeft(Instant now, Instant deadline) {
    return Math.max(0, Duration.between(now, deadline).toSeconds());
  }

  private static String worstDisk(DrainContext context, VmFacts.Disk.Kind kind) {
    return worst(
        context.disks().stream()
            .filter(disk -> disk.kind() == kind)
            .map(DrainContext.Disk::nextState)
            .toList(),
        NextState.Disk.DELETED);
  }

  /** The enums rise in order of loss; what lies beyond deleted is unknown and counts as deleted. */
  private static <S extends Enum<S> & NextState> String worst(List<S> states, S deleted) {
    return states.stream()
        .max(Enum::compareTo)
        .map(state -> state.compareTo(deleted) > 0 ? deleted : state)
        .map(NextState::word)
        .orElse("");
  }

  private static String list(Stream<String> words) {
    return words.collect(Collectors.joining(" "));
  }
}
