package io.drainwatch.drainer.pods;

/** What a configured rule asks for. */
public enum PodBehaviour {
  DRAIN,
  SKIP,
  HOLD,
  WAIT_COMPLETED
}
