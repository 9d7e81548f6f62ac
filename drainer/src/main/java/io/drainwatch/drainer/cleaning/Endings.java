package io.drainwatch.drainer.cleaning;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Namespaces of which the server said that nothing new may be made in them. Believed for a while
 * only, since one of the same name may come after it.
 */
final class Endings {
  static final Duration BELIEVED = Duration.ofMinutes(5);

  private final Map<String, Instant> seen = new HashMap<>();

  void end(String namespace, Instant now) {
    seen.put(namespace, now);
  }

  boolean ends(String namespace, Instant now) {
    Instant at = seen.get(namespace);
    if (at == null) {
      return false;
    }
    if (Duration.between(at, now).compareTo(BELIEVED) < 0) {
      return true;
    }
    seen.remove(namespace);
    return false;
  }
}
