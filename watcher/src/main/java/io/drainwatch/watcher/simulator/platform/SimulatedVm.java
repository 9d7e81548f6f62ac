package io.drainwatch.watcher.simulator.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A VM of the simulated placement group.
 *
 * @param name resource name, as in an event's {@code Resources}
 * @param compute what its compute document says other than the usual; simple values become strings
 */
public record SimulatedVm(String name, ObjectNode compute) {

  public SimulatedVm {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a VM needs a name");
    }
    compute = compute.deepCopy();
  }

  public static SimulatedVm named(String name) {
    return new SimulatedVm(name, JsonNodeFactory.instance.objectNode());
  }

  /** The same VM with one simple value of its compute document set. */
  public SimulatedVm with(String field, String value) {
    return new SimulatedVm(name, compute.deepCopy().put(field, value));
  }

  @Override
  public ObjectNode compute() {
    return compute.deepCopy();
  }
}
