package io.drainwatch.drainer.slipstream;

import io.drainwatch.drainer.maintenance.Hook;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hooks of SlipStream, each with the hook of the drain context that it runs in. */
public enum SlipStreamHook {
  PRE_SCALE("prescale", Hook.DRAIN),
  POST_SCALE("postscale", Hook.RUNNING),
  /** Runs on the VMs that are not named. */
  ON_VM_REMOVE("onvmremove", Hook.PEER_REMOVED),
  /** Likewise; no event tells of a new VM, so there is no drain context. */
  ON_VM_ADD("onvmadd", null);

  private final String word;
  private final @Nullable Hook contextHook;

  SlipStreamHook(String word, @Nullable Hook contextHook) {
    this.word = word;
    this.contextHook = contextHook;
  }

  /** The name of its file or directory. */
  public String word() {
    return word;
  }

  /** Whose drain context its scripts get; empty: none. */
  public Optional<Hook> contextHook() {
    return Optional.ofNullable(contextHook);
  }

  /** On the VM that the event names, with an action; the others run on its peers, without one. */
  public boolean isOfTheVmNamed() {
    return switch (this) {
      case PRE_SCALE, POST_SCALE -> true;
      case ON_VM_REMOVE, ON_VM_ADD -> false;
    };
  }

  /** By its exact word. */
  public static Optional<SlipStreamHook> of(String word) {
    return Arrays.stream(values()).filter(hook -> hook.word.equals(word)).findFirst();
  }
}
