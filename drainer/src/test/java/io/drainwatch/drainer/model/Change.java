package io.drainwatch.drainer.model;

import java.util.Optional;

/**
 * One write, in the order of the versions.
 *
 * @param before empty: it was created
 * @param after empty: it is gone
 */
record Change(long version, Optional<ModelObject> before, Optional<ModelObject> after) {

  ModelObject latest() {
    return after.or(() -> before).orElseThrow();
  }
}
