package io.drainwatch.watcher.events;

import io.drainwatch.drainer.context.VmFacts;
import java.util.OptionalInt;

/** Who this VM is, as far as the metadata service tells. */
public sealed interface Identity {
  record Found(VmFacts facts) implements Identity {}

  /**
   * @param message for people: what was tried, what came back, what happens next
   */
  record Failed(ErrorKind kind, OptionalInt status, String message) implements Identity {}
}
