package io.drainwatch.drainer.pods;

/** Where a volume comes from; as fine as the drain needs it. */
public enum VolumeKind {
  EMPTY_DIR,
  CLAIM,
  /** A claim that comes and goes with the pod. */
  EPHEMERAL_CLAIM,
  /** A disk named in the pod itself. */
  INLINE_DISK,
  HOST_PATH,
  /** Written by the kubelet from API objects: nothing is lost, nothing is attached. */
  CONFIGURATION,
  OTHER;

  /** By the name of the volume's field in the API: {@code emptyDir}, {@code azureDisk} ... */
  public static VolumeKind of(String field) {
    return switch (field) {
      case "emptyDir" -> EMPTY_DIR;
      case "persistentVolumeClaim" -> CLAIM;
      case "ephemeral" -> EPHEMERAL_CLAIM;
      case "azureDisk",
          "awsElasticBlockStore",
          "gcePersistentDisk",
          "cinder",
          "vsphereVolume",
          "iscsi",
          "fc" ->
          INLINE_DISK;
      case "hostPath" -> HOST_PATH;
      case "configMap", "secret", "projected", "downwardAPI" -> CONFIGURATION;
      default -> OTHER;
    };
  }

  /** Whether it may have to be detached from this node before another can have it. */
  boolean isAttached() {
    return this == CLAIM || this == EPHEMERAL_CLAIM || this == INLINE_DISK;
  }
}
