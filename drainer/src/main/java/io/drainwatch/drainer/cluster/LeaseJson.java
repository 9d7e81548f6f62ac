package io.drainwatch.drainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Leases as the API has them. What others wrote into one beside the holder is kept. */
final class LeaseJson {
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private LeaseJson() {}

  static LeaseFacts read(JsonNode lease) {
    Fields spec = Fields.of(lease).at("spec");
    return new LeaseFacts(
        spec.text("holderIdentity"),
        spec.text("renewTime"),
        Duration.ofSeconds(Math.clamp(spec.number("leaseDurationSeconds").orElse(0), 0, 86_400)),
        (int) Math.clamp(spec.number("leaseTransitions").orElse(0), 0, Integer.MAX_VALUE - 1));
  }

  static boolean isLease(JsonNode json) {
    return json.path("kind").asText("").equals("Lease")
        && !json.path("metadata").path("resourceVersion").asText("").isEmpty();
  }

  static ObjectNode created(String namespace, String name) {
    ObjectNode lease =
        ApiJson.MAPPER
            .createObjectNode()
            .put("apiVersion", "coordination.k8s.io/v1")
            .put("kind", "Lease");
    lease.putObject("metadata").put("namespace", namespace).put("name", name);
    return lease;
  }

  /** With its version inside, so a stale one is refused. */
  static ObjectNode heldBy(String holder, ObjectNode lease, Duration duration, Instant now) {
    LeaseFacts before = read(lease);
    ObjectNode held = lease.deepCopy();
    ObjectNode spec = spec(held);
    if (!before.holder().equals(holder)) {
      spec.put("acquireTime", MICROSECONDS.format(now));
      boolean isFirst = before.holder().isEmpty() && before.renewedAt().isEmpty();
      spec.put("leaseTransitions", isFirst ? 0 : before.transitions() + 1);
    }
    spec.put("holderIdentity", holder)
        .put("leaseDurationSeconds", Math.toIntExact(duration.toSeconds()))
        .put("renewTime", MICROSECONDS.format(now));
    return held;
  }

  /** Free for whoever comes first, as Kubernetes' own components release theirs. */
  static ObjectNode released(ObjectNode lease, Instant now) {
    ObjectNode free = lease.deepCopy();
    spec(free)
        .put("holderIdentity", "")
        .put("leaseDurationSeconds", 1)
        .put("renewTime", MICROSECONDS.format(now));
    return free;
  }

  private static ObjectNode spec(ObjectNode lease) {
    return lease.path("spec") instanceof ObjectNode spec ? spec : lease.putObject("spec");
  }
}
