package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.cluster.Cluster.Watching;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.NodeStanding;
import io.drainwatch.drainer.scaledown.OrdinalPod;
import io.drainwatch.drainer.scaledown.SetFacts;
import io.drainwatch.drainer.scaledown.SetId;
import java.util.List;

/**
 * The API server as the clean-up behind StatefulSets needs it. Under the same promises as {@link
 * Cluster}: each call is one request, blocks for 10 s at most, and does not throw for what server
 * or network do.
 *
 * <p>A namespace that is empty stands for all of them. Whatever is deleted, is deleted by its UID.
 */
public interface StatefulCluster {

  Watching watchSets(String namespace, Listener<SetFacts> listener);

  Watching watchClaims(String namespace, Listener<ClaimFacts> listener);

  /** Those whose name ends with an ordinal. */
  Watching watchPods(String namespace, Listener<OrdinalPod> listener);

  /** All Nodes. Where the role does not allow it, nothing is told. */
  Watching watchNodes(Listener<NodeStanding> listener);

  /** By its name; it may be another one by now. */
  Found<SetFacts> readSet(String namespace, String name);

  Found<OrdinalPod> readPod(String namespace, String name);

  /**
   * @param json a JSON patch
   */
  ObjectAnswer patchSet(SetId set, String json);

  ObjectAnswer createPod(String namespace, String json);

  ObjectAnswer deletePod(OrdinalPod pod);

  /** Only as it was read: one that has changed since is a {@link ObjectAnswer.Conflict}. */
  ObjectAnswer deleteUnchanged(OrdinalPod pod);

  /** Only as it was read. */
  ObjectAnswer deleteClaim(ClaimFacts claim);

  /** Sent beside everything else; one that fails is logged and forgotten. */
  void tell(SetNews news);

  /** Whether we may do that; asks the server. */
  Permission mayWe(Right right);

  /** Of one listing, once: what sets there are. */
  Listed<SetFacts> listSets(String namespace);

  Listed<ClaimFacts> listClaims(String namespace);

  Listed<OrdinalPod> listPods(String namespace);

  /** A complete list, or none. */
  sealed interface Listed<T> {
    record Complete<T>(List<T> items) implements Listed<T> {
      public Complete {
        items = List.copyOf(items);
      }
    }

    record Failed<T>(String why) implements Listed<T> {}
  }

  /** Told of objects, one call at a time, first of all that exist; must return at once. */
  interface Listener<T> {
    /** All there are, and no others; told again whenever the watch has begun anew. */
    void are(List<T> all);

    void is(T one);

    void isGone(T one);
  }

  /**
   * @param group empty: the core's
   * @param name of the one object; empty: any
   * @param namespace empty: all
   */
  record Right(String verb, String group, String resource, String name, String namespace) {
    @Override
    public String toString() {
      return verb
          + " "
          + resource
          + (group.isEmpty() ? "" : "." + group)
          + (name.isEmpty() ? "" : " " + name)
          + (namespace.isEmpty() ? " in all namespaces" : " in namespace " + namespace);
    }
  }

  /** What the server says of a right. */
  enum Permission {
    GRANTED,
    MISSING,
    /** It could not be asked. */
    UNKNOWN
  }
}
