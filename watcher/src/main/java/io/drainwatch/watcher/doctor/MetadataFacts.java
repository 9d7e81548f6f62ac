package io.drainwatch.watcher.doctor;

import io.drainwatch.watcher.events.Identity;
import io.drainwatch.watcher.events.MetadataStatus;
import io.drainwatch.watcher.events.PollResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The metadata service.
 *
 * @param isAzure whether the machine's firmware says so; empty: it does not tell
 * @param route by which interface it is reached; empty where there is no route, or it needs none
 * @param needsRoute false for an address of this machine
 * @param poll empty: not asked for events, since nothing answered before
 * @param status of the client after that
 * @param proxyVariables set in the environment, and not obeyed
 */
public record MetadataFacts(
    URI base,
    Optional<Boolean> isAzure,
    boolean needsRoute,
    Optional<String> route,
    Identity identity,
    Duration identityTook,
    Optional<Polled> poll,
    MetadataStatus status,
    List<String> proxyVariables) {

  /** One question for events. */
  public record Polled(PollResult result, Duration took) {}

  public MetadataFacts {
    proxyVariables = List.copyOf(proxyVariables);
  }
}
