package io.drainwatch.watcher.configuration;

import java.util.List;
import java.util.stream.Collectors;

/** What came of reading the configuration. */
public sealed interface Reading {

  /**
   * @param remarks allowed, but perhaps not meant; one sentence each
   */
  record Read(DrainwatchSettings settings, List<String> remarks) implements Reading {
    public Read {
      remarks = List.copyOf(remarks);
    }
  }

  /** All of them, not the first. */
  record Faults(List<Fault> faults) implements Reading {
    public Faults {
      faults = List.copyOf(faults);
      if (faults.isEmpty()) {
        throw new IllegalArgumentException("faults without a fault");
      }
    }

    /** One line for each, for a terminal or a log. */
    public String message() {
      return faults.stream().map(Fault::toString).collect(Collectors.joining("\n"));
    }
  }
}
