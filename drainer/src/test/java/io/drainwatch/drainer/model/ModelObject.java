package io.drainwatch.drainer.model;

/** One version of something that the API server stores. Immutable. */
public sealed interface ModelObject permits ModelNode, ModelPod, ModelBudget {
  /** {@code name}, or {@code namespace/name}. */
  String key();

  String uid();

  long version();

  /** As {@link ModelObject#version} is written in the API. */
  default String resourceVersion() {
    return Long.toString(version());
  }
}
