package io.drainwatch.drainer.model;

import io.drainwatch.drainer.evictions.ApiStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the API server answers to a request about one object. */
public sealed interface ModelAnswer {
  int code();

  /** The object, as it stands now. */
  record Of(int code, ModelObject object) implements ModelAnswer {}

  /**
   * A Status, good or bad; what is absent is empty.
   *
   * @param takes how long the server thinks about it
   */
  record Said(ApiStatus status, String group, Duration takes) implements ModelAnswer {
    Said(ApiStatus status) {
      this(status, "", Duration.ZERO);
    }

    Said after(Duration time) {
      return new Said(status, group, time);
    }

    @Override
    public int code() {
      return status.code();
    }
  }

  /** Done. */
  static Said success(int code) {
    return new Said(new ApiStatus("Success", "", code, "", "", "", OptionalInt.empty(), List.of()));
  }

  static Said failure(int code, String reason, String message) {
    return failure(code, reason, message, "", "", OptionalInt.empty(), Optional.empty());
  }

  static Said failure(
      int code,
      String reason,
      String message,
      String kind,
      String name,
      OptionalInt retryAfter,
      Optional<ApiStatus.Cause> cause) {
    return new Said(
        new ApiStatus(
            "Failure", reason, code, message, kind, name, retryAfter, cause.stream().toList()));
  }
}
