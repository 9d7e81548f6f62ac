package io.drainwatch.watcher.azure;

/** What became of a VM whose Node has a maintenance, by Resource Manager. Pure. */
public enum VmFate {
  RUNS("runs"),
  UNDER_WAY("is on its way up or down"),
  STOPPED("is stopped: it comes back only when somebody starts it (az vm start)"),
  DEALLOCATED(
      "is deallocated: it comes back only when somebody starts it, or its scale set replaces it"),
  FAILED("has failed: look at its instance view; az vm reapply often mends it"),
  GONE("is deleted: its Node does not come back, and kubectl delete node ends the episode"),
  NOT_TOLD("is not told of");

  private final String words;

  VmFate(String words) {
    this.words = words;
  }

  public static VmFate of(AzureAnswer<AzureVm> answer) {
    return switch (answer) {
      case AzureAnswer.NotTold<AzureVm>(Trouble trouble) ->
          trouble.kind() == Trouble.Kind.NOT_FOUND ? GONE : NOT_TOLD;
      case AzureAnswer.Told<AzureVm>(AzureVm vm) when vm.hasFailed() -> FAILED;
      case AzureAnswer.Told<AzureVm>(AzureVm vm) ->
          switch (vm.power()) {
            case RUNNING -> RUNS;
            case STARTING, STOPPING, DEALLOCATING -> UNDER_WAY;
            case STOPPED -> STOPPED;
            case DEALLOCATED -> DEALLOCATED;
            case UNKNOWN -> NOT_TOLD;
          };
    };
  }

  /** After "the VM". */
  public String words() {
    return words;
  }

  /** Whether nobody need wait for it. */
  public boolean needsSomebody() {
    return switch (this) {
      case STOPPED, DEALLOCATED, FAILED, GONE -> true;
      case RUNS, UNDER_WAY, NOT_TOLD -> false;
    };
  }
}
