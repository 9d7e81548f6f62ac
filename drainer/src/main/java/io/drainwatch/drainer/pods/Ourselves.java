package io.drainwatch.drainer.pods;

import java.util.Optional;

/**
 * Our own pod.
 *
 * @param podUid from the downward API; empty: we do not run as a pod
 * @param isDrainer whether we are the drainer of a Deployment, which must leave in the end, and not
 *     the watcher of a DaemonSet, which stays
 */
public record Ourselves(Optional<String> podUid, boolean isDrainer) {

  public static final Ourselves NO_POD = new Ourselves(Optional.empty(), false);

  public Ourselves {
    if (podUid.filter(String::isBlank).isPresent()) {
      throw new IllegalArgumentException("the UID of our own pod is blank");
    }
  }

  public boolean are(PodFacts pod) {
    return podUid.filter(pod.uid()::equals).isPresent();
  }
}
