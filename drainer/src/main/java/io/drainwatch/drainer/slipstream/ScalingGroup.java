package io.drainwatch.drainer.slipstream;

import java.util.List;
import java.util.stream.Collectors;

/**
 * VMs of one node, as SlipStream calls a group of equal machines.
 *
 * @param node the part of a VM's name before the dot
 * @param ids the parts behind it, in the order the VMs were received
 */
public record ScalingGroup(String node, List<String> ids) {

  public ScalingGroup {
    ids = List.copyOf(ids);
    if (node.isEmpty() || ids.isEmpty()) {
      throw new IllegalArgumentException("a group has a node and at least one VM");
    }
  }

  /** The value of SLIPSTREAM_SCALING_VMS. */
  public String vms() {
    return ids.stream().map(id -> node + "." + id).collect(Collectors.joining(" "));
  }

  ScalingGroup spelledAs(String otherNode) {
    return new ScalingGroup(otherNode, ids);
  }
}
