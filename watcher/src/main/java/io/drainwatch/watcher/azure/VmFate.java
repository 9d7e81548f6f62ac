package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.maintenance.MachineFate;
import java.util.Locale;
import java.util.Set;

/** What became of a VM whose Node has a maintenance, by Resource Manager. Pure. */
public enum VmFate {
  RUNS("runs"),
  UNDER_WAY("is on its way up or down, or is being changed"),
  STOPPED("is stopped: it comes back only when somebody starts it (az vm start)"),
  DEALLOCATED(
      "is deallocated: it comes back only when somebody starts it, or its scale set replaces it"),
  FAILED("has failed: look at its instance view; az vm reapply often mends it"),
  GONE("is deleted: its Node does not come back, and kubectl delete node ends the episode"),
  NOT_TOLD("is not told of");

  private static final Set<String> OF_WHAT_IS_DELETED =
      Set.of("resourcenotfound", "notfound", "resourcegroupnotfound", "parentresourcenotfound");

  private final String words;

  VmFate(String words) {
    this.words = words;
  }

  public static VmFate of(AzureAnswer<AzureVm> answer) {
    return switch (answer) {
      case AzureAnswer.NotTold<AzureVm>(Trouble trouble) -> isGone(trouble) ? GONE : NOT_TOLD;
      case AzureAnswer.Told<AzureVm>(AzureVm vm) -> of(vm);
    };
  }

  /** While a VM is being changed, it may be deallocated only for now. */
  private static VmFate of(AzureVm vm) {
    if (vm.isBeingChanged()) {
      return UNDER_WAY;
    }
    if (vm.hasFailed()) {
      return vm.power() == AzureVm.Power.DEALLOCATED ? DEALLOCATED : FAILED;
    }
    return switch (vm.power()) {
      case RUNNING -> RUNS;
      case STARTING, STOPPING, DEALLOCATING -> UNDER_WAY;
      case STOPPED -> vm.hasSucceeded() ? STOPPED : NOT_TOLD;
      case DEALLOCATED -> vm.hasSucceeded() ? DEALLOCATED : NOT_TOLD;
      case UNKNOWN -> NOT_TOLD;
    };
  }

  /** A login of another tenant gets 404 as well, for the whole subscription. */
  private static boolean isGone(Trouble trouble) {
    return trouble.kind() == Trouble.Kind.NOT_FOUND
        && OF_WHAT_IS_DELETED.contains(trouble.code().toLowerCase(Locale.ROOT));
  }

  /** For the drain. What is on its way is not told of: neither back nor off. */
  MachineFate asFate() {
    return switch (this) {
      case RUNS -> MachineFate.RUNNING;
      case STOPPED -> MachineFate.STOPPED;
      case DEALLOCATED -> MachineFate.DEALLOCATED;
      case FAILED -> MachineFate.FAILED;
      case GONE -> MachineFate.DELETED;
      case UNDER_WAY, NOT_TOLD -> MachineFate.UNKNOWN;
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
