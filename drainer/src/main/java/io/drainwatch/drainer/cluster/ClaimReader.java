package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.scaledown.ClaimFacts;
import io.drainwatch.drainer.scaledown.OrdinalName;
import io.drainwatch.drainer.scaledown.ScaleDownKeys;
import java.time.Instant;
import java.util.Optional;

/** A claim as the API gives it. */
final class ClaimReader {
  private ClaimReader() {}

  /** Empty: no claim of any set, by its name. */
  static Optional<ClaimFacts> read(JsonNode json) {
    Fields metadata = Fields.of(json).at("metadata");
    String name = metadata.text("name");
    String uid = metadata.text("uid");
    if (uid.isBlank() || OrdinalName.of(name).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ClaimFacts(
            metadata.text("namespace"),
            name,
            uid,
            metadata.text("resourceVersion"),
            metadata.moment("deletionTimestamp").isPresent(),
            ScaleDownKeys.SKIP.equals(metadata.map("annotations").get(ScaleDownKeys.SCALE_DOWN)),
            // one that does not tell is taken for new, so it is not deleted
            metadata.moment("creationTimestamp").orElse(Instant.MAX)));
  }
}
