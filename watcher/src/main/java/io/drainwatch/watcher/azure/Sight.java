package io.drainwatch.watcher.azure;

/** One look at a VM's maintenance, by its daemon or by the annotations of its Node. */
public sealed interface Sight {

  /** Nobody answers: the VM may be down. */
  record Silent() implements Sight {}

  /** There is no maintenance. */
  record Nothing() implements Sight {}

  /**
   * There is one.
   *
   * @param state such as {@code Draining}
   */
  record Maintained(String state, boolean drained, boolean acknowledged) implements Sight {}
}
