package io.drainwatch.watcher.azure;

/** What may be done to a VM; each of them stops it for a while. */
public enum Deed {
  RESTART(AzureCall.RESTART_VM, AzureCall.RESTART_INSTANCE),
  REDEPLOY(AzureCall.REDEPLOY_VM, AzureCall.REDEPLOY_INSTANCE),
  SIMULATE_EVICTION(AzureCall.EVICT_VM, AzureCall.EVICT_INSTANCE),
  PERFORM_MAINTENANCE(AzureCall.MAINTAIN_VM, AzureCall.MAINTAIN_INSTANCE);

  private final AzureCall onVm;
  private final AzureCall onInstance;

  Deed(AzureCall onVm, AzureCall onInstance) {
    this.onVm = onVm;
    this.onInstance = onInstance;
  }

  public AzureCall callOn(ResourceId id) {
    return id.kind() == ResourceId.Kind.INSTANCE ? onInstance : onVm;
  }
}
