package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A list of documents as the server writes it. */
final class DocumentListJson {
  private DocumentListJson() {}

  static ObjectNode of(String plural, List<ObjectNode> documents) {
    ObjectNode out =
        switch (plural) {
          case "leases" -> ObjectJson.begun("LeaseList", "coordination.k8s.io/v1");
          case "events" -> ObjectJson.begun("EventList", "events.k8s.io/v1");
          default -> ObjectJson.begun("VolumeAttachmentList", "storage.k8s.io/v1");
        };
    out.putObject("metadata").put("resourceVersion", "1");
    ArrayNode items = out.putArray("items");
    documents.forEach(items::add);
    return out;
  }
}
