package io.drainwatch.drainer.bosh;

import java.util.Optional;

/**
 * A drain as somebody from outside asks for it.
 *
 * @param type {@code update} or {@code shutdown}; {@code status} is for recalls only
 */
public record DrainRequest(String type, JobSpec old, Optional<JobSpec> next) {

  /** What becomes of a request. */
  public sealed interface Reading {
    /** It can be done. */
    record Accepted(DrainParameters parameters) implements Reading {}

    /** It makes no sense; nothing must happen (B32, B33). */
    record Refused(String why) implements Reading {}
  }

  public Reading read() {
    return switch (type) {
      case "update" ->
          next.<Reading>map(it -> new Reading.Accepted(DrainParameters.update(old, it)))
              .orElseGet(() -> new Reading.Refused("Drain update requires new spec"));
      case "shutdown" -> new Reading.Accepted(DrainParameters.shutdown(old, next));
      default ->
          new Reading.Refused("Unexpected call with drain type '" + ScriptText.shown(type) + "'");
    };
  }

  boolean isShutdown() {
    return type.equals("shutdown");
  }
}
