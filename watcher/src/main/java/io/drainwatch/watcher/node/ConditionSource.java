package io.drainwatch.watcher.node;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.nodes.Announcement;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.watcher.events.MetadataStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second source of events: AKS's conditions on the own Node, as long as the metadata service is
 * out of a pod's reach (kubernetes-drain.md 16). The service itself is asked all the while, and
 * counts alone as soon as it answers.
 *
 * <p>A condition lags behind: the detector may take a minute to take back what is over. What it
 * announced already when two documents in a row were read is theirs to tell, and no news when the
 * service fails a moment later; it is again once the condition says something else.
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

  /** When the newest valid document was read, and what was announced then. */
  private Optional<Instant> validAt = Optional.empty();

  private List<String> announcedThen = List.of();

  /** Announced while two documents in a row were read, and unchanged since. */
  private Set<String> leftToDocuments = Set.of();

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
  synchronized Optional<Observation> polled(MetadataStatus service) {
    noteDocument(service.lastValidAt());
    boolean isOutOfReach =
        switch (service.state()) {
          case DEGRADED -> true;
          case OK, WARMING -> false;
        };
    if (!on || !isOutOfReach) {
      comesBack();
      return Optional.empty();
    }
    return switch (told()) {
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

  private AksConditions told() {
    List<Announcement> all = announcements();
    leftToDocuments =
        all.stream()
            .map(ConditionSource::words)
            .filter(leftToDocuments::contains)
            .collect(Collectors.toSet());
    List<Announcement> news =
        all.stream().filter(each -> !leftToDocuments.contains(words(each))).toList();
    AksConditions told = AksConditions.of(news);
    boolean saysAll = news.size() == all.size() || told instanceof AksConditions.Announced;
    return saysAll ? told : new AksConditions.Silent();
  }

  private void noteDocument(Optional<Instant> newest) {
    if (newest.isEmpty() || newest.equals(validAt)) {
      return;
    }
    List<String> now =
        announcements().stream()
            .filter(each -> each.status().equals("True"))
            .map(ConditionSource::words)
            .toList();
    leftToDocuments = now.stream().filter(announcedThen::contains).collect(Collectors.toSet());
    announcedThen = now;
    validAt = newest;
  }

  private List<Announcement> announcements() {
    return node.map(NodeFacts::announcements).orElse(List.of());
  }

  // not the moment: something may touch a condition that says what it said before
  private static String words(Announcement told) {
    return String.join("\n", told.type(), told.status(), told.reason(), told.message());
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
