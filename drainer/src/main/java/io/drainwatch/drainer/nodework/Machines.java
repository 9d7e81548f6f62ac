package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.maintenance.MachineFate;
import java.util.function.Consumer;

/** Whoever can tell from outside what became of a VM. */
@FunctionalInterface
public interface Machines {
  /** Nobody can. */
  Machines UNTOLD = (providerId, answer) -> answer.accept(MachineFate.UNKNOWN);

  /**
   * Any thread may call; returns at once.
   *
   * @param providerId of the Node's specification; may be empty
   * @param answer told later, on any thread; never, where the process stops
   */
  void ask(String providerId, Consumer<MachineFate> answer);
}
