package io.drainwatch.drainer.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.context.VmFacts;
import java.util.Optional;

/**
 * What was known of the VM when the record was written. After a restart scripts are called again
 * before the metadata service has answered; without it they would be told that everything is
 * unknown, which is to say deleted.
 */
public final class VmFactsJson {
  private VmFactsJson() {}

  public static ObjectNode write(VmFacts facts) {
    return RecordMapper.MAPPER.valueToTree(facts);
  }

  /** Empty for what is no such thing: then the facts are waited for as at a first start. */
  public static Optional<VmFacts> read(JsonNode node) {
    if (!node.isObject()) {
      return Optional.empty();
    }
    try {
      return Optional.of(RecordMapper.MAPPER.treeToValue(node, VmFacts.class));
    } catch (JsonProcessingException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
