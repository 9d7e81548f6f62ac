package io.drainwatch.drainer.budget;

import java.util.Map;
import java.util.Optional;

/** Which pool a Node is of. */
public final class Pools {
  /** Nodes without a label of a pool are one pool. */
  public static final String NO_POOL = "";

  private static final String AKS = "kubernetes.azure.com/agentpool";
  private static final String KARPENTER = "karpenter.sh/nodepool";

  private Pools() {}

  public static String of(Map<String, String> labels) {
    return Optional.ofNullable(labels.get(AKS))
        .or(() -> Optional.ofNullable(labels.get(KARPENTER)))
        .orElse(NO_POOL);
  }
}
