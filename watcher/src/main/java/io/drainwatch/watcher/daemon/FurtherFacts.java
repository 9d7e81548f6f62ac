package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.context.VmFacts;
import java.util.function.Consumer;

/** Knows more of this VM than the metadata service tells, and takes its time. */
public interface FurtherFacts {

  /**
   * Returns at once.
   *
   * @param found called later, from any thread, or never
   */
  void ask(VmFacts told, Consumer<VmFacts> found);
}
