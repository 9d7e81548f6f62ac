package io.drainwatch.watcher.doctor;

import java.util.List;

/**
 * The daemon, and the port that it listens on.
 *
 * @param host as configured
 * @param port as configured; -1: any
 * @param hostIsOurs whether the address is one of this machine
 */
public record DaemonFacts(String host, int port, boolean hostIsOurs, Listener listener) {

  /** Who answers at that port. */
  public sealed interface Listener {
    record Nobody() implements Listener {}

    /** Something that is no Drainwatch. */
    record Stranger(String what) implements Listener {}

    /**
     * @param reasons why it is not ready; empty: it is
     */
    record Drainwatch(String version, List<String> reasons) implements Listener {
      public Drainwatch {
        reasons = List.copyOf(reasons);
      }
    }
  }
}
