package io.drainwatch.watcher.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.simulator.platform.ArmedFaults;
import io.drainwatch.watcher.simulator.platform.SimulatedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes what the control address tells. */
final class StateDocument {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private StateDocument() {}

  static ObjectNode of(SimulatorState state) {
    ObjectNode node = NODES.objectNode();
    node.put("now", state.now().toString());
    node.put("incarnation", state.incarnation());
    node.put("over", state.isOver());
    node.put("stepsLeft", state.stepsLeft());
    node.put("requests", state.requests());
    ArrayNode vms = node.putArray("vms");
    for (SimulatorState.Vm vm : state.vms()) {
      ObjectNode one = vms.addObject();
      one.put("name", vm.name());
      one.put("baseUrl", vm.baseUrl());
      one.put("present", vm.present());
      put(one, "backAt", vm.backAt());
    }
    ArrayNode events = node.putArray("events");
    state.events().forEach(event -> events.add(of(event)));
    ArrayNode ended = node.putArray("ended");
    state.ended().forEach(event -> ended.add(of(event)));
    ArrayNode faults = node.putArray("faults");
    for (ArmedFaults.Armed armed : state.faults()) {
      ObjectNode one = faults.addObject();
      one.put("kind", armed.planned().fault().word());
      one.put("on", armed.planned().target().word());
      if (armed.left() > 0) {
        one.put("left", armed.left());
      }
      put(one, "until", armed.until());
    }
    return node;
  }

  static ArrayNode of(List<RecordedRequest> requests) {
    ArrayNode array = NODES.arrayNode();
    for (RecordedRequest request : requests) {
      ObjectNode one = array.addObject();
      one.put("at", request.at().toString());
      one.put("vm", request.vm());
      one.put("method", request.method());
      one.put("path", request.path());
      one.put("status", request.status());
      if (!request.acknowledgedIds().isEmpty()) {
        ArrayNode ids = one.putArray("acknowledgedIds");
        request.acknowledgedIds().forEach(ids::add);
      }
      request.fault().ifPresent(fault -> one.put("fault", fault));
    }
    return array;
  }

  private static ObjectNode of(SimulatedEvent event) {
    ObjectNode node = NODES.objectNode();
    node.put("id", event.id());
    event.plan().name().ifPresent(name -> node.put("name", name));
    node.put("type", event.plan().type());
    node.put("stage", event.stage().word());
    ArrayNode resources = node.putArray("resources");
    event.resources().forEach(resources::add);
    put(node, "scheduledAt", Optional.of(event.scheduledAt()));
    put(node, "notBefore", event.notBefore());
    put(node, "acknowledgedAt", event.acknowledgedAt());
    put(node, "startedAt", event.startedAt());
    put(node, "endedAt", event.endedAt());
    return node;
  }

  private static void put(ObjectNode node, String key, Optional<Instant> moment) {
    moment.ifPresent(at -> node.put(key, at.toString()));
  }
}
