package io.drainwatch.watcher.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.simulator.platform.ComputeDocument;
import io.drainwatch.watcher.simulator.platform.InstanceVersions;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers {@code /metadata/instance} and what lies below it, for the VM that asks (section 10). */
final class InstanceAnswers {

  private static final String INSTANCE = "/metadata/instance";

  private final List<SimulatedVm> vms;

  InstanceAnswers(List<SimulatedVm> vms) {
    this.vms = vms;
  }

  Answer answer(MetadataRequest request) {
    String place = request.place();
    if (!place.equals(INSTANCE) && !place.startsWith(INSTANCE + "/")) {
      return Answer.error(404, "not found");
    }
    if (!request.method().equals("GET")) {
      return Answer.error(405, "method not allowed");
    }
    SimulatedVm vm =
        vms.stream().filter(one -> one.name().equals(request.vm())).findFirst().orElseThrow();
    Optional<ObjectNode> document =
        MetadataService.version(request).flatMap(version -> ComputeDocument.instance(vm, version));
    if (document.isEmpty()) {
      return badVersion();
    }
    JsonNode node = document.get();
    for (String name : place.substring(INSTANCE.length()).split("/", -1)) {
      node = name.isEmpty() ? node : child(node, name);
    }
    if (node.isMissingNode()) {
      return Answer.error(404, "not found");
    }
    if (node.isContainerNode()) {
      return Answer.json(200, node);
    }
    boolean text =
        request.parameters().getOrDefault("format", List.of()).stream()
            .anyMatch("text"::equalsIgnoreCase);
    return text
        ? Answer.of(200, Answer.TEXT, node.asText())
        : Answer.error(400, "Bad request. A single value needs format=text");
  }

  private static JsonNode child(JsonNode node, String name) {
    if (node instanceof ArrayNode array) {
      return name.matches("\\d{1,4}")
          ? array.path(Integer.parseInt(name))
          : JsonNodeFactory.instance.missingNode();
    }
    return node.properties().stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(JsonNodeFactory.instance::missingNode);
  }

  private static Answer badVersion() {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put(
        "error",
        "Bad request. api-version is invalid or was not specified in the request. For more"
            + " information refer to aka.ms/azureimds");
    ArrayNode newest = error.putArray("newest-versions");
    InstanceVersions.newest().forEach(newest::add);
    return Answer.json(400, error);
  }
}
