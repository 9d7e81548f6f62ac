package io.drainwatch.watcher.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * The body of every error.
 *
 * @param what was tried
 * @param why it was not done
 * @param reason a word for machines, where there is one
 * @param faults all that is wrong with the request's content; left out when empty
 */
public record ErrorBody(
    String what,
    String why,
    Optional<String> reason,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fault> faults) {

  /**
   * @param key member of the body, or query parameter; empty: the whole
   * @param reason what is wrong and what would be right
   */
  public record Fault(String key, String reason) {}

  ErrorBody(String what, String why) {
    this(what, why, Optional.empty(), List.of());
  }

  public ErrorBody {
    faults = List.copyOf(faults);
  }
}
