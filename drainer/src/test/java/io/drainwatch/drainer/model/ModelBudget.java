package io.drainwatch.drainer.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A PodDisruptionBudget as stored. */
public record ModelBudget(
    String namespace,
    String name,
    String uid,
    long version,
    long generation,
    Spec spec,
    State state)
    implements ModelObject {

  /**
   * @param selector labels that a pod must have
   * @param minAvailable a number, or per cent as in {@code 50%}
   * @param maxUnavailable likewise; one of the two is given
   * @param alwaysAllow unhealthy pods may always go
   */
  public record Spec(
      Map<String, String> selector,
      Optional<String> minAvailable,
      Optional<String> maxUnavailable,
      boolean alwaysAllow) {
    public static Spec minAvailable(Map<String, String> selector, String amount) {
      return new Spec(selector, Optional.of(amount), Optional.empty(), false);
    }

    public static Spec maxUnavailable(Map<String, String> selector, String amount) {
      return new Spec(selector, Optional.empty(), Optional.of(amount), false);
    }

    public Spec alwaysAllowingUnhealthy() {
      return new Spec(selector, minAvailable, maxUnavailable, true);
    }
  }

  /**
   * Its status, as the controller wrote it last.
   *
   * @param disruptedPods by pod name (not uid): evicted a moment ago, not seen to terminate yet
   */
  public record State(
      long observedGeneration,
      int disruptionsAllowed,
      int currentHealthy,
      int desiredHealthy,
      int expectedPods,
      Map<String, Instant> disruptedPods) {
    static final State NONE = new State(0, 0, 0, 0, 0, Map.of());

    public State {
      disruptedPods = new TreeMap<>(disruptedPods);
    }
  }

  @Override
  public String key() {
    return namespace + "/" + name;
  }

  boolean selects(ModelPod pod) {
    return pod.isSelectedBy(namespace, spec.selector());
  }

  ModelBudget at(long newVersion) {
    return new ModelBudget(namespace, name, uid, newVersion, generation, spec, state);
  }

  ModelBudget with(State newState) {
    return new ModelBudget(namespace, name, uid, version, generation, spec, newState);
  }

  ModelBudget with(Spec newSpec) {
    return new ModelBudget(namespace, name, uid, version, generation + 1, newSpec, state);
  }
}
