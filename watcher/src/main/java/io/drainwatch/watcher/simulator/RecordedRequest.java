package io.drainwatch.watcher.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request to the metadata service as it was received, and what it was answered.
 *
 * @param vm whose address was used
 * @param path with the query, as received
 * @param status of the answer; 0 if the connection was closed instead
 * @param acknowledgedIds the ids of a readable acknowledgement, whether they counted or not
 * @param fault the word of the fault that hit it
 */
public record RecordedRequest(
    Instant at,
    String vm,
    String method,
    String path,
    int status,
    List<String> acknowledgedIds,
    Optional<String> fault) {

  public RecordedRequest {
    acknowledgedIds = List.copyOf(acknowledgedIds);
  }
}
