package io.drainwatch.drainer.context;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.util.List;
import java.util.Optional;

/**
 * Makes the drain context of one call (drain-scripts.md 2.2 to 2.4). What the event does is read
 * from {@link MappingTable}; here the facts of VM, group and call are put beside it. Never fails on
 * a text of the platform.
 */
public final class ContextMapping {
  private ContextMapping() {}

  public static DrainContext map(ContextQuestion question, VmFacts vm, ContextSettings settings) {
    Effects effects = effects(question, vm, settings);
    ScheduledEvent event = question.occasion().event();
    boolean isSelf = question.isSelf(vm.name());
    return new DrainContext(
        question.id(),
        question.invocation(),
        event(question.occasion()),
        new DrainContext.Vm(
            vm.name(),
            isSelf,
            effects.targets(),
            effects.bosh().vm(),
            isSelf ? vm.sources() : Optional.empty()),
        isSelf ? disks(vm, effects, column(question, vm), settings) : List.of(),
        isSelf ? jobs(settings, effects) : List.of(),
        List.of(),
        instance(vm, effects),
        new GroupView(question, vm, effects).group(),
        new DrainContext.Deployment(settings.deploymentName(), effects.deployment()),
        event.resources().stream()
            .map(name -> new DrainContext.AffectedVm(name, question.isSelf(name)))
            .toList(),
        settings.rawEvent() ? event.raw().flatMap(RawEvent::of) : Optional.empty());
  }

  /** The column of 2.4 that counts for this call, for the modes that have words of their own. */
  public static Effects effects(ContextQuestion question, VmFacts vm, ContextSettings settings) {
    return Effects.of(column(question, vm), vm, settings);
  }

  private static EventColumn column(ContextQuestion question, VmFacts vm) {
    ContextQuestion.Occasion occasion = question.occasion();
    return EventColumn.of(occasion.event(), occasion.firstSeenAsStarted(), vm);
  }

  private static DrainContext.Event event(ContextQuestion.Occasion occasion) {
    ScheduledEvent event = occasion.event();
    return new DrainContext.Event(
        event.source() == EventSource.OPERATOR ? "operator" : "azure",
        PlainText.of(event.id()).isEmpty() ? "unknown" : event.id(),
        EventColumn.typeOf(event),
        occasion.status(),
        source(event.source()),
        occasion.lastNotBefore().or(event::notBefore),
        occasion.deadline(),
        event.duration(),
        event.description(),
        event.resourceType(),
        occasion.documentIncarnation());
  }

  private static DrainContext.Event.Source source(EventSource source) {
    return switch (source) {
      case PLATFORM -> DrainContext.Event.Source.PLATFORM;
      // The schema has three words. A person asked for it; event.provider tells where.
      case USER, OPERATOR -> DrainContext.Event.Source.USER;
      // neither a condition of the Node nor Resource Graph is taken for who caused it
      case NODE_CONDITION, RESOURCE_GRAPH, UNKNOWN -> DrainContext.Event.Source.UNKNOWN;
    };
  }

  private static List<DrainContext.Disk> disks(
      VmFacts vm, Effects effects, EventColumn column, ContextSettings settings) {
    return vm.disks().stream()
        .map(
            disk ->
                new DrainContext.Disk(
                    disk.name(),
                    disk.kind(),
                    disk.lun(),
                    disk.sizeMb(),
                    NextState.Disk.AVAILABLE,
                    Effects.ofDisk(column, disk, settings)
                        .orElseGet(() -> ofItsKind(disk.kind(), effects))))
        .toList();
  }

  private static NextState.Disk ofItsKind(VmFacts.Disk.Kind kind, Effects effects) {
    return switch (kind) {
      case OS -> effects.osDisk();
      case PERSISTENT -> effects.persistentDisks();
      case EPHEMERAL -> effects.ephemeralDisk();
    };
  }

  private static List<DrainContext.Job> jobs(ContextSettings settings, Effects effects) {
    return settings.jobs().stream()
        .map(name -> new DrainContext.Job(name, NextState.Job.RUNNING, effects.jobs()))
        .toList();
  }

  private static DrainContext.Instance instance(VmFacts vm, Effects effects) {
    InstanceName name = InstanceName.of(vm.name());
    return new DrainContext.Instance(
        name.name(), name.index(), vm.zone().filter(zone -> !zone.isBlank()), effects.instance());
  }
}
