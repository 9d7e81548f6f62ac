package io.drainwatch.watcher.simulator.platform;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the document of scheduled events as a version has it (section 3). */
public final class EventDocument {

  private EventDocument() {}

  public static ObjectNode of(SimulatedPlatform platform, ApiVersion version, DateStyle dates) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("DocumentIncarnation", platform.incarnation());
    ArrayNode events = document.putArray("Events");
    for (SimulatedEvent event : platform.events()) {
      if (version.knows(event.plan().kind())) {
        events.add(of(event, version, dates));
      }
    }
    return document;
  }

  private static ObjectNode of(SimulatedEvent event, ApiVersion version, DateStyle dates) {
    EventPlan plan = event.plan();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("EventId", event.id());
    node.put("EventStatus", event.stage().word());
    node.put("EventType", plan.type());
    node.put("ResourceType", "VirtualMachine");
    ArrayNode resources = node.putArray("Resources");
    event
        .resources()
        .forEach(name -> resources.add(version.underscoresNames() ? "_" + name : name));
    node.put("NotBefore", event.isStarted() ? "" : event.notBefore().map(dates::write).orElse(""));
    if (version.isAtLeast(ApiVersion.V2019_04_01)) {
      node.put("Description", plan.description());
    }
    if (version.isAtLeast(ApiVersion.V2019_08_01)) {
      node.put("EventSource", plan.source());
    }
    if (version.isAtLeast(ApiVersion.V2020_07_01)) {
      node.put("DurationInSeconds", plan.duration().map(given -> given.toSeconds()).orElse(-1L));
    }
    return node;
  }
}
