package io.drainwatch.drainer.model;

import io.drainwatch.drainer.pods.PodOwner;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A controller of pods. A StatefulSet gives the same name again when the old pod is gone; a
 * DaemonSet keeps one on each Node; a Job's finished pods count; all others replace at once, under
 * a new name.
 *
 * @param delay from the pod's loss to its replacement
 * @param template what each pod is told beside name and owner
 */
public record Workload(
    String apiVersion,
    String kind,
    String namespace,
    String name,
    String uid,
    int replicas,
    Duration delay,
    Consumer<PodFields> template) {

  /** As it stands in its pods. */
  public PodOwner owner() {
    return new PodOwner(apiVersion, kind, name, uid, true);
  }

  boolean is(String wanted) {
    return kind.equals(wanted);
  }

  PodFields newPod(String podName) {
    PodFields fields = new PodFields(namespace, podName).ownedBy(owner()).labelled("app", name);
    template.accept(fields);
    return fields;
  }
}
