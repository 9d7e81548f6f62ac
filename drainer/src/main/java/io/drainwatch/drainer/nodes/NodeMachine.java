package io.drainwatch.drainer.nodes;

import java.util.Optional;

/**
 * Whose record it is.
 *
 * @param vmId empty when the metadata service did not tell
 * @param bootId when the episode began
 */
public record NodeMachine(String nodeUid, Optional<String> vmId, String bootId) {
  private static final int MOST_CHARACTERS = 64;

  public NodeMachine {
    nodeUid = NodeText.plain(nodeUid, MOST_CHARACTERS);
    vmId = vmId.map(id -> NodeText.plain(id, MOST_CHARACTERS)).filter(id -> !id.isBlank());
    bootId = NodeText.plain(bootId, MOST_CHARACTERS);
    if (nodeUid.isBlank()) {
      throw new IllegalArgumentException("a Node's record needs the Node's uid");
    }
  }

  /** Whether a record of {@code other} is about this very Node and VM (I4). */
  public boolean isSameAs(NodeMachine other) {
    boolean otherVm =
        vmId.isPresent()
            && other.vmId.isPresent()
            && !vmId.get().equalsIgnoreCase(other.vmId.get());
    return nodeUid.equals(other.nodeUid) && !otherVm;
  }

  /** Both boot ids are known and differ. */
  public boolean hasRebootedSince(NodeMachine before) {
    return !bootId.isBlank() && !before.bootId.isBlank() && !bootId.equals(before.bootId);
  }
}
