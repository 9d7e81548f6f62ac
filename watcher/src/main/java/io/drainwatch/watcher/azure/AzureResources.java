package io.drainwatch.watcher.azure;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Resource Manager, as far as this program uses it. Every method blocks for a limited time ({@link
 * AzureSettings}), honours Retry-After within it, throws nothing for what Azure answers, and may be
 * called from any thread. Made by {@link AzureAccess}.
 */
public interface AzureResources extends AutoCloseable {

  /** A VM or an instance, with its instance view. */
  AzureAnswer<AzureVm> vm(ResourceId id);

  AzureAnswer<ScaleSet> scaleSet(ResourceId id);

  /**
   * Who is in a scale set, in the order of Azure's answer: both kinds of scale set, whatever state
   * the instance is in.
   */
  AzureAnswer<List<ScaleSetMember>> members(ResourceId scaleSet);

  /**
   * The same with what tells whether an instance is there to be used, and whether it is the same as
   * before. All of them or {@link AzureAnswer.NotTold}, never a part.
   */
  AzureAnswer<List<ScaleSetInstance>> instances(ResourceId scaleSet);

  AzureAnswer<Inventory> inventory(String subscription, String group);

  /** Of our own identity, on a VM or scale set. */
  AzureAnswer<Permissions> permissions(ResourceId id);

  /** For new instances; those that are there need the latest model first. */
  AzureAnswer<Operation> setTerminateNotification(ResourceId scaleSet, Duration ahead);

  /** Begins it; it is sent once, and again only where Azure surely did not take it (429). */
  AzureAnswer<Operation> begin(Deed deed, ResourceId vm);

  /**
   * For instances of a Uniform scale set.
   *
   * @param still asked, from any thread, right before each time it is sent; false: it is not sent,
   *     and {@link AzureAnswer.NotTold} comes back
   */
  AzureAnswer<Operation> protectFromScaleIn(ResourceId instance, boolean on, BooleanSupplier still);

  /**
   * Approves an event for all VMs that it names. The caller knows that every one of them is drained
   * (I1); nothing here can.
   *
   * @param of the VM or scale set that the event belongs to
   * @param still asked, from any thread, right before each time it is sent; false: it is not sent,
   *     and {@link AzureAnswer.NotTold} comes back
   */
  AzureAnswer<String> acknowledge(ResourceId of, String eventId, BooleanSupplier still);

  /** The same for somebody who waits for it. */
  default AzureAnswer<String> acknowledge(ResourceId of, String eventId) {
    return acknowledge(of, eventId, () -> true);
  }

  /** Events of a subscription that Resource Graph knows. */
  AzureAnswer<List<GraphEvent>> events(String subscription);

  /**
   * The same of several subscriptions in one query, with what the caller may see. All of it or
   * {@link AzureAnswer.NotTold}, never a part.
   */
  AzureAnswer<GraphSight> sight(List<String> subscriptions);

  @Override
  void close();
}
