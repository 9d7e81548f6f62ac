package io.drainwatch.watcher.azure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shell: reads what {@code drainwatch azure doctor} judges. Changes nothing.
 *
 * @param permissions whether our own are asked for as well
 * @param tempDiskUse of the VM that this runs on
 */
public record AzureExamination(
    AzureResources azure, boolean permissions, Optional<String> tempDiskUse) {

  /** Each instance is a request of its own, of which a subscription has a few thousand an hour. */
  public static final int MOST_INSTANCES = 100;

  /** A VM or instance with its scale set if it has one; or a scale set with its instances. */
  public List<Examined> of(ResourceId id) {
    return id.kind() == ResourceId.Kind.SCALE_SET ? List.of(scaleSet(id)) : vm(id);
  }

  public List<Examined> ofGroup(String subscription, String group) {
    return switch (azure.inventory(subscription, group)) {
      case AzureAnswer.NotTold<Inventory>(Trouble trouble) -> List.of(new Examined.Unread(trouble));
      case AzureAnswer.Told<Inventory>(Inventory inventory) -> {
        List<Examined> examined = new ArrayList<>();
        inventory.scaleSets().forEach(set -> examined.add(scaleSet(set)));
        inventory.vms().stream().map(this::alone).forEach(examined::add);
        yield examined;
      }
    };
  }

  private List<Examined> vm(ResourceId id) {
    List<Examined> examined = new ArrayList<>(List.of(alone(id)));
    if (examined.getFirst() instanceof Examined.OfVm of) {
      of.vm().scaleSet().ifPresent(set -> examined.add(model(set)));
    }
    return examined;
  }

  private Examined alone(ResourceId id) {
    return switch (azure.vm(id)) {
      case AzureAnswer.NotTold<AzureVm>(Trouble trouble) -> new Examined.Unread(trouble);
      case AzureAnswer.Told<AzureVm>(AzureVm vm) ->
          new Examined.OfVm(vm, permissions(id), tempDiskUse);
    };
  }

  private Examined model(ResourceId id) {
    return switch (azure.scaleSet(id)) {
      case AzureAnswer.NotTold<ScaleSet>(Trouble trouble) -> new Examined.Unread(trouble);
      case AzureAnswer.Told<ScaleSet>(ScaleSet set) ->
          new Examined.OfScaleSet(set, azure.members(id), List.of(), Optional.empty());
    };
  }

  private Examined scaleSet(ResourceId id) {
    return switch (azure.scaleSet(id)) {
      case AzureAnswer.NotTold<ScaleSet>(Trouble trouble) -> new Examined.Unread(trouble);
      case AzureAnswer.Told<ScaleSet>(ScaleSet set) -> {
        AzureAnswer<List<ScaleSetMember>> members = azure.members(id);
        // those of a Flexible one are VMs of their own, with settings of their own
        List<AzureAnswer<AzureVm>> instances =
            members.found().orElse(List.of()).stream()
                .limit(MOST_INSTANCES)
                .map(member -> azure.vm(of(set, member)))
                .toList();
        yield new Examined.OfScaleSet(set, members, instances, permissions(id));
      }
    };
  }

  /** The id of a member: of a Flexible scale set a VM of the same resource group. */
  public static ResourceId of(ScaleSet set, ScaleSetMember member) {
    return set.flexible()
        ? ResourceId.vm(set.id().subscription(), set.id().group(), member.name())
        : set.id().instance(member.instanceId());
  }

  private Optional<AzureAnswer<Permissions>> permissions(ResourceId id) {
    return permissions ? Optional.of(azure.permissions(id)) : Optional.empty();
  }
}
