package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.evictions.ApiStatus;

/** A Status as the server writes it: what is empty is absent. */
final class StatusJson {
  private StatusJson() {}

  static ObjectNode write(ModelAnswer.Said said) {
    ApiStatus status = said.status();
    ObjectNode out = RequestJson.MAPPER.createObjectNode();
    out.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    out.put("status", status.status());
    put(out, "message", status.message());
    put(out, "reason", status.reason());
    ObjectNode details = RequestJson.MAPPER.createObjectNode();
    put(details, "name", status.name());
    put(details, "group", said.group());
    put(details, "kind", status.kind());
    if (!status.causes().isEmpty()) {
      ArrayNode causes = details.putArray("causes");
      for (ApiStatus.Cause cause : status.causes()) {
        ObjectNode each =
            causes.addObject().put("reason", cause.reason()).put("message", cause.message());
        if (cause.reason().equals("NamespaceTerminating")) {
          each.put("field", "metadata.namespace");
        }
      }
    }
    status.retryAfterSeconds().ifPresent(seconds -> details.put("retryAfterSeconds", seconds));
    if (!details.isEmpty()) {
      out.set("details", details);
    }
    return out.put("code", status.code());
  }

  private static void put(ObjectNode out, String key, String value) {
    if (!value.isEmpty()) {
      out.put(key, value);
    }
  }
}
