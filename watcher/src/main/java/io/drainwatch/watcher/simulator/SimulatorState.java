package io.drainwatch.watcher.simulator;

import io.drainwatch.watcher.simulator.platform.ArmedFaults;
import io.drainwatch.watcher.simulator.platform.SimulatedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The simulator at a moment.
 *
 * @param events in the document
 * @param ended the last ones that left it
 * @param stepsLeft of scenarios
 * @param requests received so far by the metadata service, also those no longer listed
 */
public record SimulatorState(
    Instant now,
    long incarnation,
    List<Vm> vms,
    List<SimulatedEvent> events,
    List<SimulatedEvent> ended,
    List<ArmedFaults.Armed> faults,
    int stepsLeft,
    long requests) {

  /**
   * One VM.
   *
   * @param backAt when one that is not there returns; empty: by itself never
   */
  public record Vm(String name, String baseUrl, boolean present, Optional<Instant> backAt) {}

  public SimulatorState {
    vms = List.copyOf(vms);
    events = List.copyOf(events);
    ended = List.copyOf(ended);
    faults = List.copyOf(faults);
  }

  /** Nothing will happen any more unless somebody asks for it. */
  public boolean isOver() {
    return stepsLeft == 0 && events.isEmpty() && vms.stream().allMatch(vm -> vm.backAt().isEmpty());
  }
}
