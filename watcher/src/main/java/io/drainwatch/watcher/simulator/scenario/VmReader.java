package io.drainwatch.watcher.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.simulator.platform.ComputeDocument;
import io.drainwatch.watcher.simulator.platform.SimulatedVm;
import java.util.Optional;

/** Reads a VM: its name, and what its compute document says other than the usual. */
final class VmReader {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private VmReader() {}

  static Optional<SimulatedVm> read(Fields fields) {
    Optional<String> name = fields.needed("name");
    ObjectNode compute = NODES.objectNode();
    Optional<Located> given = fields.value("compute");
    if (given.isPresent()) {
      if (tree(given.get()) instanceof ObjectNode object) {
        compute = object;
      } else {
        fields.problem("compute", "needs keys and values here");
      }
    }
    for (String unknown : ComputeDocument.unknownFields(compute)) {
      fields.problem("compute", "has " + unknown + ", which no compute document has");
    }
    fields.end();
    ObjectNode facts = compute;
    return name.map(known -> new SimulatedVm(known, facts));
  }

  private static JsonNode tree(Located value) {
    return switch (value) {
      case Located.Mapping(int ignored, var entries) -> {
        ObjectNode object = NODES.objectNode();
        entries.forEach(entry -> object.set(entry.key(), tree(entry.value())));
        yield object;
      }
      case Located.Sequence(int ignored, var items) -> {
        ArrayNode array = NODES.arrayNode();
        items.forEach(item -> array.add(tree(item)));
        yield array;
      }
      case Located.Scalar(int ignored, String text) -> NODES.textNode(text);
      case Located.Nothing(int ignored) -> NODES.textNode("");
    };
  }
}
