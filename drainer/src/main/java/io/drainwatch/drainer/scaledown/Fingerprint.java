package io.drainwatch.drainer.scaledown;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What a clean-up pod was made from; stands on the pod. Of what people wrote, not of the pod that
 * came of it: another version of ours that makes it differently must not replace those that run.
 * And of what it says, not how: white space and the order of keys are of no account.
 *
 * @param template of the set's annotation
 * @param defaults of what the set's own pods have where the template is silent
 */
record Fingerprint(String template, String defaults) {
  private static final int BYTES = 6;

  /** How it is computed: whoever changes that changes this too, else every pod is made anew. */
  private static final String VERSION = "v2";

  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  /**
   * @param template as it was read from the annotation
   * @param defaults name of a field, and its JSON
   */
  static Fingerprint of(JsonNode template, Map<String, String> defaults) {
    ObjectNode all = SORTED.createObjectNode();
    try {
      for (Map.Entry<String, String> each : defaults.entrySet()) {
        all.set(each.getKey(), SORTED.readTree(each.getValue()));
      }
      return new Fingerprint(
          hash(SORTED.writeValueAsString(template)), hash(SORTED.writeValueAsString(all)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read as JSON is JSON", e);
    }
  }

  /** Empty: the pod does not tell, or in a way that we do not know, as those of other versions. */
  static Optional<Fingerprint> of(OrdinalPod pod) {
    String[] parts = pod.template().split("\\.", -1);
    return parts.length == 3
            && parts[0].equals(VERSION)
            && !parts[1].isEmpty()
            && !parts[2].isEmpty()
        ? Optional.of(new Fingerprint(parts[1], parts[2]))
        : Optional.empty();
  }

  String text() {
    return VERSION + "." + template + "." + defaults;
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
