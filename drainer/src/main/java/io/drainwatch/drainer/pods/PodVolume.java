package io.drainwatch.drainer.pods;

/** A volume of a pod. */
public record PodVolume(String name, VolumeKind kind) {

  /** Whether it may have to be detached from this node before another can have it. */
  public boolean isAttached() {
    return kind.isAttached();
  }
}
