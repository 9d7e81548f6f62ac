package io.drainwatch.azure;

import com.azure.core.management.exception.ManagementError;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** The error that Resource Manager puts into its answers. Pure. */
final class ErrorBody {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ErrorBody() {}

  /** Empty: it is not one. */
  static Optional<ManagementError> of(String body) {
    try {
      JsonNode error = JSON.readTree(body).path("error");
      return error.isObject()
          ? Optional.of(
              new ManagementError(error.path("code").asText(""), error.path("message").asText("")))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
