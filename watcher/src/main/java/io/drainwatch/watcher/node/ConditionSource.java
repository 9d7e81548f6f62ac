package io.drainwatch.watcher.node;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.watcher.events.ClientState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second source of events: AKS's conditions on the own Node, as long as the metadata service is
 * out of a pod's reach (kubernetes-drain.md 16). The service itself is asked all the while, and
 * counts alone as soon as it answers.
 *
 * <p>Any thread may call. That no event is announced is said twice before it counts, as with
 * documents, the second time at the earliest after {@link #CONFIRMED_AFTER}: the detector looks
 * once a minute for most types.
 */
final class ConditionSource {
  static final Duration CONFIRMED_AFTER = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger("drainwatch");

  private final boolean on;
  private final InstantSource clock;
  private Optional<NodeFacts> node = Optional.empty();
  private Optional<Instant> saidNoneAt = Optional.empty();
  private boolean inForce;

  ConditionSource(boolean on, InstantSource clock) {
    this.on = on;
    this.clock = clock;
  }

  /** A Node that cannot be read is no news, and one that is gone announces nothing. */
  synchronized void seen(NodeReading reading) {
    switch (reading) {
      case NodeReading.Found(NodeFacts facts) -> node = Optional.of(facts);
      case NodeReading.Gone() -> node = Optional.empty();
      case NodeReading.Unknown ignored -> {}
    }
  }

  /** The VM that the Node is, for who cannot ask the metadata service. */
  synchronized Optional<String> vmName() {
    return node.filter(ignored -> on).flatMap(facts -> ProviderId.vmName(facts.providerId()));
  }

  /** After a poll of the metadata service: what the core is to be told instead of a document. */
  synchronized Optional<Observation> polled(ClientState service) {
    boolean isOutOfReach =
        switch (service) {
          case DEGRADED -> true;
          case OK, WARMING -> false;
        };
    if (!on || !isOutOfReach) {
      comesBack();
      return Optional.empty();
    }
    AksConditions told =
        node.map(facts -> AksConditions.of(facts.announcements()))
            .orElseGet(AksConditions.Silent::new);
    return switch (told) {
      case AksConditions.Silent() -> Optional.empty();
      case AksConditions.Announced(var events) -> {
        takesOver();
        saidNoneAt = Optional.empty();
        yield Optional.of(new Observation.NodeConditionsRead(events));
      }
      case AksConditions.NoneScheduled() -> {
        takesOver();
        yield noneScheduled();
      }
    };
  }

  private Optional<Observation> noneScheduled() {
    Instant now = clock.instant();
    if (saidNoneAt.filter(at -> now.isBefore(at.plus(CONFIRMED_AFTER))).isPresent()) {
      return Optional.empty();
    }
    saidNoneAt = Optional.of(now);
    return Optional.of(new Observation.NodeConditionsRead(List.of()));
  }

  synchronized void clockStepped(Duration by) {
    saidNoneAt = saidNoneAt.map(at -> at.plus(by));
  }

  private void takesOver() {
    if (!inForce) {
      inForce = true;
      LOG.warn(
          "the metadata service is out of reach: events are read from the conditions of the Node"
              + " instead, and none can be acknowledged. The host's network would help"
              + " (watcher.hostNetwork in the chart)");
    }
  }

  private void comesBack() {
    if (inForce) {
      inForce = false;
      LOG.info("conditions of the Node are no source of events any more");
    }
    saidNoneAt = Optional.empty();
  }
}
