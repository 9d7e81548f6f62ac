package io.drainwatch.drainer.coexistence;

/** Tools that cordon, drain or acknowledge beside us. */
public enum OtherTool {
  AKS_AUTO_DRAIN("AKS auto-drain", Conduct.GO_ON),
  KARPENTER("Karpenter", Conduct.WATCH),
  CLUSTER_AUTOSCALER("the cluster autoscaler", Conduct.WATCH),
  KURED("kured", Conduct.WAIT),
  DRAINSAFE("DrainSafe", Conduct.WARN),
  TERMINATION_HANDLER("aks-node-termination-handler", Conduct.WARN),
  WEBDEVOPS("azure-scheduledevents-manager", Conduct.WARN);

  private final String word;
  private final Conduct conduct;

  OtherTool(String word, Conduct conduct) {
    this.word = word;
    this.conduct = conduct;
  }

  public String word() {
    return word;
  }

  public Conduct conduct() {
    return conduct;
  }
}
