package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.drainer.evictions.EvictionRequest;
import java.time.Duration;
import java.util.Optional;

/** The bodies of requests for pods. */
final class RequestJson {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private RequestJson() {}

  static String of(EvictionRequest.ForPod request) {
    return switch (request) {
      case EvictionRequest.Evict evict -> {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("apiVersion", "policy/v1").put("kind", "Eviction");
        body.putObject("metadata")
            .put("name", evict.pod().name())
            .put("namespace", evict.pod().namespace());
        options(body.putObject("deleteOptions"), request, evict.grace());
        yield body.toString();
      }
      case EvictionRequest.Delete delete -> {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("apiVersion", "v1").put("kind", "DeleteOptions");
        options(body, request, delete.grace());
        yield body.toString();
      }
    };
  }

  private static void options(
      ObjectNode options, EvictionRequest.ForPod request, Optional<Duration> grace) {
    ObjectNode preconditions = options.putObject("preconditions").put("uid", request.pod().uid());
    request.onlyAtVersion().ifPresent(each -> preconditions.put("resourceVersion", each));
    grace.ifPresent(time -> options.put("gracePeriodSeconds", time.toSeconds()));
  }

  static DeleteWish wish(EvictionRequest.ForPod request) {
    Optional<Duration> grace =
        switch (request) {
          case EvictionRequest.Evict evict -> evict.grace();
          case EvictionRequest.Delete delete -> delete.grace();
        };
    return new DeleteWish(
        Optional.of(request.pod().uid()),
        request.onlyAtVersion(),
        grace.map(time -> Duration.ofSeconds(time.toSeconds())),
        false);
  }

  /** DeleteOptions as they came. */
  static DeleteWish wish(JsonNode options, boolean dryRunInQuery) {
    JsonNode preconditions = options.path("preconditions");
    JsonNode grace = options.path("gracePeriodSeconds");
    boolean dryRun = dryRunInQuery || options.path("dryRun").toString().contains("All");
    return new DeleteWish(
        Optional.ofNullable(preconditions.path("uid").textValue()),
        Optional.ofNullable(preconditions.path("resourceVersion").textValue()),
        grace.isNumber() ? Optional.of(Duration.ofSeconds(grace.longValue())) : Optional.empty(),
        dryRun);
  }
}
