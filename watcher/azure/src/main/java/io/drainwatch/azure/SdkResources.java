package io.drainwatch.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.http.policy.ArmChallengeAuthenticationPolicy;
import com.azure.core.util.Context;
import com.azure.core.util.polling.SyncPoller;
import com.azure.resourcemanager.compute.fluent.ComputeManagementClient;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetVMInner;
import com.azure.resourcemanager.compute.implementation.ComputeManagementClientBuilder;
import com.azure.resourcemanager.compute.models.ExpandTypeForListVMs;
import com.azure.resourcemanager.compute.models.InstanceViewTypes;
import io.drainwatch.watcher.azure.AzureAnswer;
import io.drainwatch.watcher.azure.AzureCall;
import io.drainwatch.watcher.azure.AzureResources;
import io.drainwatch.watcher.azure.AzureSettings;
import io.drainwatch.watcher.azure.AzureVm;
import io.drainwatch.watcher.azure.Deed;
import io.drainwatch.watcher.azure.GraphEvent;
import io.drainwatch.watcher.azure.GraphSight;
import io.drainwatch.watcher.azure.Inventory;
import io.drainwatch.watcher.azure.Operation;
import io.drainwatch.watcher.azure.Permissions;
import io.drainwatch.watcher.azure.ResourceId;
import io.drainwatch.watcher.azure.ScaleSet;
import io.drainwatch.watcher.azure.ScaleSetInstance;
import io.drainwatch.watcher.azure.ScaleSetMember;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Asks by the SDK's service clients. One client per subscription, made when it is first asked for.
 */
final class SdkResources implements AzureResources {
  /** Far above the largest scale set; an answer that pages for ever ends here. */
  private static final int MOST_ENTRIES = 20_000;

  private final Asking asking;
  private final HttpPipeline pipeline;
  private final AzureSettings settings;
  private final InstantSource clock;
  private final AzureEnvironment environment;
  private final Map<String, ComputeManagementClient> clients = new ConcurrentHashMap<>();
  private final PlainCalls plain;

  SdkResources(
      HttpClient http,
      TokenCredential credential,
      AzureSettings settings,
      InstantSource clock,
      Pauses pauses) {
    this.settings = settings;
    this.clock = clock;
    this.asking = new Asking(settings.callLimit(), clock);
    String endpoint = settings.endpoint().toString();
    this.environment =
        new AzureEnvironment(
            Map.of("resourceManagerEndpointUrl", endpoint, "managementEndpointUrl", endpoint));
    this.pipeline =
        new HttpPipelineBuilder()
            .httpClient(http)
            .policies(
                new UserAgentPolicy("drainwatch"),
                new RequestIdPolicy(),
                new Patience(clock, settings.callLimit(), pauses),
                new ArmChallengeAuthenticationPolicy(credential, endpoint + "/.default"),
                new StillWanted())
            .build();
    this.plain = new PlainCalls(pipeline, settings.endpoint());
  }

  @Override
  public AzureAnswer<AzureVm> vm(ResourceId id) {
    return id.kind() == ResourceId.Kind.INSTANCE
        ? asking.ask(AzureCall.READ_INSTANCE, id.words(), () -> VmReading.of(id, readInstance(id)))
        : asking.ask(AzureCall.READ_VM, id.words(), () -> VmReading.of(id, readVm(id)));
  }

  private VirtualMachineInner readVm(ResourceId id) {
    return client(id.subscription())
        .getVirtualMachines()
        .getByResourceGroupWithResponse(
            id.group(), id.name(), InstanceViewTypes.INSTANCE_VIEW, Context.NONE)
        .getValue();
  }

  private VirtualMachineScaleSetVMInner readInstance(ResourceId id) {
    return client(id.subscription())
        .getVirtualMachineScaleSetVMs()
        .getWithResponse(
            id.group(),
            id.name(),
            id.instance().orElseThrow(),
            InstanceViewTypes.INSTANCE_VIEW,
            Context.NONE)
        .getValue();
  }

  private VirtualMachineScaleSetInner readSet(ResourceId id) {
    return client(id.subscription())
        .getVirtualMachineScaleSets()
        .getByResourceGroupWithResponse(id.group(), id.name(), null, Context.NONE)
        .getValue();
  }

  @Override
  public AzureAnswer<ScaleSet> scaleSet(ResourceId id) {
    return asking.ask(
        AzureCall.READ_SCALE_SET, id.words(), () -> ScaleSetReading.of(id, readSet(id)));
  }

  @Override
  public AzureAnswer<List<ScaleSetMember>> members(ResourceId scaleSet) {
    return asking.ask(
        AzureCall.LIST_INSTANCES,
        scaleSet.words(),
        () ->
            all(
                client(scaleSet.subscription())
                    .getVirtualMachineScaleSetVMs()
                    .list(scaleSet.group(), scaleSet.name()),
                ScaleSetReading::member));
  }

  /** A Flexible one tells no state in the list of its instances, but its VMs do. */
  @Override
  public AzureAnswer<List<ScaleSetInstance>> instances(ResourceId scaleSet) {
    return scaleSet(scaleSet).then(set -> set.flexible() ? vmsOf(scaleSet) : instancesOf(scaleSet));
  }

  private AzureAnswer<List<ScaleSetInstance>> instancesOf(ResourceId scaleSet) {
    return asking.ask(
        AzureCall.LIST_INSTANCES,
        scaleSet.words(),
        () ->
            all(
                client(scaleSet.subscription())
                    .getVirtualMachineScaleSetVMs()
                    .list(
                        scaleSet.group(),
                        scaleSet.name(),
                        null,
                        null,
                        InstanceViewTypes.INSTANCE_VIEW.toString(),
                        Context.NONE),
                VmReading::standing));
  }

  private AzureAnswer<List<ScaleSetInstance>> vmsOf(ResourceId scaleSet) {
    return asking.ask(
        AzureCall.LIST_VMS,
        scaleSet.words(),
        () ->
            all(
                    client(scaleSet.subscription())
                        .getVirtualMachines()
                        .listByResourceGroup(
                            scaleSet.group(),
                            "'virtualMachineScaleSet/id' eq '" + scaleSet.path() + "'",
                            ExpandTypeForListVMs.INSTANCE_VIEW,
                            Context.NONE),
                    vm ->
                        // should it list all VMs of the group after all
                        VmReading.isOf(scaleSet, vm)
                            ? Optional.of(VmReading.standing(vm))
                            : Optional.<ScaleSetInstance>empty())
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }

  @Override
  public AzureAnswer<Inventory> inventory(String subscription, String group) {
    String on = "resource group " + group;
    AzureAnswer<List<ResourceId>> vms =
        asking.ask(
            AzureCall.LIST_VMS,
            on,
            () ->
                all(
                    client(subscription).getVirtualMachines().listByResourceGroup(group),
                    vm -> ResourceId.vm(subscription, group, vm.name())));
    return vms.then(
        found ->
            asking.ask(
                AzureCall.LIST_SCALE_SETS,
                on,
                () ->
                    new Inventory(
                        found,
                        all(
                            client(subscription)
                                .getVirtualMachineScaleSets()
                                .listByResourceGroup(group),
                            set -> ResourceId.scaleSet(subscription, group, set.name())))));
  }

  @Override
  public AzureAnswer<Permissions> permissions(ResourceId id) {
    ResourceId asked = id.kind() == ResourceId.Kind.INSTANCE ? id.ofScaleSet() : id;
    return asking.ask(AzureCall.READ_PERMISSIONS, asked.words(), () -> plain.permissions(asked));
  }

  @Override
  public AzureAnswer<Operation> setTerminateNotification(ResourceId scaleSet, Duration ahead) {
    AzureAnswer<VirtualMachineScaleSetInner> read =
        asking.ask(AzureCall.READ_SCALE_SET, scaleSet.words(), () -> readSet(scaleSet));
    return read.then(
        set ->
            begun(
                AzureCall.UPDATE_SCALE_SET,
                scaleSet,
                client ->
                    client
                        .getVirtualMachineScaleSets()
                        .beginUpdate(
                            scaleSet.group(),
                            scaleSet.name(),
                            Updates.terminateNotification(set, ahead))));
  }

  @Override
  public AzureAnswer<Operation> begin(Deed deed, ResourceId vm) {
    return vm.kind() == ResourceId.Kind.INSTANCE ? beginOnInstance(deed, vm) : beginOnVm(deed, vm);
  }

  private AzureAnswer<Operation> beginOnVm(Deed deed, ResourceId vm) {
    AzureCall call = deed.callOn(vm);
    String group = vm.group();
    String name = vm.name();
    return switch (deed) {
      case RESTART ->
          begun(call, vm, client -> client.getVirtualMachines().beginRestart(group, name));
      case REDEPLOY ->
          begun(call, vm, client -> client.getVirtualMachines().beginRedeploy(group, name));
      case PERFORM_MAINTENANCE ->
          begun(
              call, vm, client -> client.getVirtualMachines().beginPerformMaintenance(group, name));
      case SIMULATE_EVICTION ->
          asking.ask(
              call,
              vm.words(),
              () -> {
                client(vm.subscription()).getVirtualMachines().simulateEviction(group, name);
                return SdkOperation.done();
              });
    };
  }

  private AzureAnswer<Operation> beginOnInstance(Deed deed, ResourceId vm) {
    AzureCall call = deed.callOn(vm);
    String group = vm.group();
    String name = vm.name();
    String instance = vm.instance().orElseThrow();
    return switch (deed) {
      case RESTART ->
          begun(
              call,
              vm,
              client -> client.getVirtualMachineScaleSetVMs().beginRestart(group, name, instance));
      case REDEPLOY ->
          begun(
              call,
              vm,
              client -> client.getVirtualMachineScaleSetVMs().beginRedeploy(group, name, instance));
      case PERFORM_MAINTENANCE ->
          begun(
              call,
              vm,
              client ->
                  client
                      .getVirtualMachineScaleSetVMs()
                      .beginPerformMaintenance(group, name, instance));
      case SIMULATE_EVICTION ->
          asking.ask(
              call,
              vm.words(),
              () -> {
                client(vm.subscription())
                    .getVirtualMachineScaleSetVMs()
                    .simulateEviction(group, name, instance);
                return SdkOperation.done();
              });
    };
  }

  @Override
  public AzureAnswer<Operation> protectFromScaleIn(
      ResourceId instance, boolean on, BooleanSupplier still) {
    AzureAnswer<VirtualMachineScaleSetVMInner> read =
        asking.ask(AzureCall.READ_INSTANCE, instance.words(), () -> readInstance(instance));
    return read.then(
        vm ->
            begun(
                AzureCall.UPDATE_INSTANCE,
                instance,
                client ->
                    client
                        .getVirtualMachineScaleSetVMs()
                        .beginUpdate(
                            instance.group(),
                            instance.name(),
                            instance.instance().orElseThrow(),
                            Updates.protection(vm, on),
                            vm.etag(),
                            null,
                            StillWanted.asLongAs(still))));
  }

  private AzureAnswer<Operation> begun(
      AzureCall call, ResourceId on, Function<ComputeManagementClient, SyncPoller<?, ?>> begin) {
    return asking.ask(
        call,
        on.words(),
        () -> {
          SyncPoller<?, ?> poller = begin.apply(client(on.subscription()));
          return new SdkOperation(poller, asking, call, on, settings, clock);
        });
  }

  @Override
  public AzureAnswer<String> acknowledge(ResourceId of, String eventId, BooleanSupplier still) {
    ResourceId owner = of.kind() == ResourceId.Kind.INSTANCE ? of.ofScaleSet() : of;
    return asking.ask(
        AzureCall.ACKNOWLEDGE,
        owner.words(),
        () -> plain.acknowledge(owner, eventId, StillWanted.asLongAs(still)));
  }

  @Override
  public AzureAnswer<List<GraphEvent>> events(String subscription) {
    return asking.ask(
        AzureCall.QUERY_EVENTS,
        "subscription " + subscription,
        () -> GraphQuery.events(pipeline, environment, subscription));
  }

  @Override
  public AzureAnswer<GraphSight> sight(List<String> subscriptions) {
    return asking.ask(
        AzureCall.QUERY_EVENTS,
        subscriptions.size() == 1
            ? "subscription " + subscriptions.getFirst()
            : subscriptions.size() + " subscriptions",
        () -> GraphQuery.sight(pipeline, environment, subscriptions));
  }

  private ComputeManagementClient client(String subscription) {
    return clients.computeIfAbsent(
        subscription,
        each ->
            new ComputeManagementClientBuilder()
                .pipeline(pipeline)
                .environment(environment)
                .endpoint(settings.endpoint().toString())
                .subscriptionId(each)
                .defaultPollInterval(settings.betweenLooks())
                .buildClient());
  }

  private static <S, T> List<T> all(Iterable<S> pages, Function<S, T> reading) {
    List<T> read = new ArrayList<>();
    for (S entry : pages) {
      if (read.size() == MOST_ENTRIES) {
        throw new IllegalStateException("more than " + MOST_ENTRIES + " entries");
      }
      read.add(reading.apply(entry));
    }
    return List.copyOf(read);
  }

  @Override
  public void close() {
    asking.close();
  }
}
