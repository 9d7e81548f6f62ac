package io.drainwatch.drainer.bosh;

import io.drainwatch.drainer.context.Effects;
import io.drainwatch.drainer.context.NextState;
import java.util.Map;

/** What becomes of VM, instance and deployment, as a pre-stop script is told. */
public record NextStates(NextState.Vm vm, NextState.Vm instance, NextState.Vm deployment) {

  /** What a director intends; each goes further than the one before. */
  public enum Intent {
    KEEP_VM,
    DELETE_VM,
    DELETE_INSTANCE,
    DELETE_DEPLOYMENT
  }

  /** Of an event of the platform. */
  public static NextStates of(Effects.Bosh effects) {
    return new NextStates(effects.vm(), effects.instance(), effects.deployment());
  }

  /** Of a director's intent (B40 to B43). */
  public static NextStates of(Intent intent) {
    return new NextStates(
        from(Intent.DELETE_VM, intent),
        from(Intent.DELETE_INSTANCE, intent),
        from(Intent.DELETE_DEPLOYMENT, intent));
  }

  private static NextState.Vm from(Intent first, Intent intent) {
    return intent.compareTo(first) >= 0 ? NextState.Vm.DELETE : NextState.Vm.KEEP;
  }

  Map<String, String> variables() {
    return Map.of(
        "BOSH_VM_NEXT_STATE", vm.word(),
        "BOSH_INSTANCE_NEXT_STATE", instance.word(),
        "BOSH_DEPLOYMENT_NEXT_STATE", deployment.word());
  }
}
