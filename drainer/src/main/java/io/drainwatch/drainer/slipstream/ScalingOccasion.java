package io.drainwatch.drainer.slipstream;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One reason to call the scripts of a hook: which group of VMs, and what is done to it. A hook may
 * have several at once, one for each group.
 *
 * @param action present for Pre-Scale and Post-Scale only
 * @param instance {@code <node>.<id>} of the VM that the scripts run on
 */
public record ScalingOccasion(
    SlipStreamHook hook, ScalingGroup group, Optional<ScalingAction> action, String instance) {

  static final String NODE = "SLIPSTREAM_SCALING_NODE";
  static final String VMS = "SLIPSTREAM_SCALING_VMS";
  static final String ACTION = "SLIPSTREAM_SCALING_ACTION";
  static final String INSTANCE = "SLIPSTREAM_NODE_INSTANCE_NAME";

  /** What Linux takes in one environment string, with name, {@code =} and NUL. */
  static final int MOST_BYTES = 131_072;

  public ScalingOccasion {
    if (action.isPresent() != hook.isOfTheVmNamed()) {
      throw new IllegalArgumentException(
          hook.word() + " has " + (action.isPresent() ? "no action" : "an action"));
    }
  }

  /** The four variables; all are set, empty ones too (drain-scripts.md, part 4). */
  public Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put(NODE, group.node());
    variables.put(VMS, group.vms());
    variables.put(ACTION, action.map(ScalingAction::word).orElse(""));
    variables.put(INSTANCE, instance);
    return variables;
  }

  /**
   * Why no process can be started with these variables. A list of VMs that Linux does not take is
   * neither cut nor left out: scripts act on each VM of it, and would miss some in silence.
   */
  public Optional<String> obstacle() {
    int bytes = (VMS + "=" + group.vms() + "\0").getBytes(StandardCharsets.UTF_8).length;
    return bytes <= MOST_BYTES
        ? Optional.empty()
        : Optional.of(
            "%s of the %d VMs of %s has %d bytes, and Linux takes %d"
                .formatted(VMS, group.ids().size(), group.node(), bytes, MOST_BYTES));
  }

  /** The name under which a script of the hook is called for this. */
  public ScalingScript script(Optional<String> subTarget) {
    return new ScalingScript(hook, action.map(ScalingAction::word).orElse(group.node()), subTarget);
  }
}
