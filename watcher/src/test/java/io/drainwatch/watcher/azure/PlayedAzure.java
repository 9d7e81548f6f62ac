package io.drainwatch.watcher.azure;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** Azure in memory: what is there, what was asked for, and what becomes of it. */
public final class PlayedAzure implements AzureResources {
  public final Map<String, AzureVm> vms = new HashMap<>();
  public final Map<String, ScaleSet> sets = new HashMap<>();
  public final Map<String, List<ScaleSetMember>> members = new HashMap<>();
  public final Map<String, List<ScaleSetInstance>> instances = new HashMap<>();
  public final List<String> done = new ArrayList<>();
  public final List<GraphEvent> events = new ArrayList<>();
  public Permissions permissions = AzureSamples.OWNER;
  public Optional<Trouble.Kind> trouble = Optional.empty();

  /** Azure's word for what is not there. */
  public String notFound = "ResourceNotFound";

  /** Why the next looks at an operation fail, before it is done. */
  public final Deque<Trouble.Kind> looks = new ArrayDeque<>();

  /** Called when a deed is ordered; the operation looks at what it gives. */
  public java.util.function.Function<Deed, Operation> deeds =
      deed -> () -> new AzureAnswer.Told<>(Operation.Standing.DONE);

  /** An operation that is done once {@link #looks} is empty. */
  public Operation followed() {
    return () ->
        looks.isEmpty()
            ? new AzureAnswer.Told<>(Operation.Standing.DONE)
            : new AzureAnswer.NotTold<>(
                AzureSamples.trouble(looks.remove(), AzureCall.FOLLOW_OPERATION));
  }

  public PlayedAzure with(AzureVm vm) {
    vms.put(vm.id().path(), vm);
    return this;
  }

  public PlayedAzure with(ScaleSet set, ScaleSetMember... instances) {
    sets.put(set.id().path(), set);
    members.put(set.id().path(), List.of(instances));
    return this;
  }

  private <T> AzureAnswer<T> answer(AzureCall call, ResourceId on, T value) {
    if (trouble.isPresent() || value == null) {
      return new AzureAnswer.NotTold<>(
          new Trouble(
              trouble.orElse(Trouble.Kind.NOT_FOUND),
              call,
              on.words(),
              OptionalInt.empty(),
              trouble.isPresent() ? "" : notFound,
              "played",
              Optional.empty()));
    }
    return new AzureAnswer.Told<>(value);
  }

  @Override
  public AzureAnswer<AzureVm> vm(ResourceId id) {
    return answer(AzureCall.READ_VM, id, vms.get(id.path()));
  }

  @Override
  public AzureAnswer<ScaleSet> scaleSet(ResourceId id) {
    return answer(AzureCall.READ_SCALE_SET, id, sets.get(id.path()));
  }

  @Override
  public AzureAnswer<List<ScaleSetMember>> members(ResourceId id) {
    return answer(AzureCall.LIST_INSTANCES, id, members.get(id.path()));
  }

  @Override
  public AzureAnswer<List<ScaleSetInstance>> instances(ResourceId id) {
    return answer(AzureCall.LIST_INSTANCES, id, instances.get(id.path()));
  }

  @Override
  public AzureAnswer<Inventory> inventory(String subscription, String group) {
    return answer(
        AzureCall.LIST_VMS,
        AzureSamples.VM,
        new Inventory(
            vms.values().stream()
                .map(AzureVm::id)
                .filter(id -> id.kind() == ResourceId.Kind.VM)
                .toList(),
            sets.values().stream().map(ScaleSet::id).toList()));
  }

  @Override
  public AzureAnswer<Permissions> permissions(ResourceId id) {
    return answer(AzureCall.READ_PERMISSIONS, id, permissions);
  }

  @Override
  public AzureAnswer<Operation> setTerminateNotification(ResourceId id, Duration ahead) {
    done.add("notification of " + id.name() + " " + ahead);
    ScaleSet old = sets.get(id.path());
    sets.put(
        id.path(),
        new ScaleSet(
            old.id(),
            old.flexible(),
            old.spot(),
            old.policy(),
            new Notification(true, Optional.of(ahead)),
            old.osImageNotification(),
            old.automaticOsUpgrades(),
            old.upgradeMode(),
            old.hasIdentity(),
            old.disks(),
            old.managedByAks()));
    return answer(AzureCall.UPDATE_SCALE_SET, id, deeds.apply(Deed.RESTART));
  }

  @Override
  public AzureAnswer<Operation> begin(Deed deed, ResourceId vm) {
    done.add(deed + " " + vm.name());
    return answer(deed.callOn(vm), vm, deeds.apply(deed));
  }

  @Override
  public AzureAnswer<Operation> protectFromScaleIn(
      ResourceId instance, boolean on, BooleanSupplier still) {
    if (!still.getAsBoolean()) {
      return new AzureAnswer.NotTold<>(
          AzureSamples.trouble(Trouble.Kind.OTHER, AzureCall.UPDATE_INSTANCE));
    }
    done.add((on ? "protect " : "unprotect ") + instance.eventName());
    if (trouble.isEmpty()) {
      vms.computeIfPresent(instance.path(), (path, vm) -> AzureSamples.protectedOrNot(vm, on));
    }
    return answer(AzureCall.UPDATE_INSTANCE, instance, deeds.apply(Deed.RESTART));
  }

  @Override
  public AzureAnswer<String> acknowledge(ResourceId of, String eventId, BooleanSupplier still) {
    done.add("acknowledge " + eventId + " of " + of.name());
    return answer(AzureCall.ACKNOWLEDGE, of, "Successfully Approved");
  }

  /** Asked for Resource Graph's sight; the subscriptions of each. */
  public final List<List<String>> looked = new ArrayList<>();

  public java.util.function.Supplier<AzureAnswer<GraphSight>> sight =
      () -> new AzureAnswer.Told<>(new GraphSight(java.util.Set.of(), List.of()));

  @Override
  public AzureAnswer<GraphSight> sight(List<String> subscriptions) {
    looked.add(subscriptions);
    return sight.get();
  }

  @Override
  public AzureAnswer<List<GraphEvent>> events(String subscription) {
    return answer(AzureCall.QUERY_EVENTS, AzureSamples.VM, List.copyOf(events));
  }

  @Override
  public void close() {}
}
