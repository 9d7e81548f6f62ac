package io.drainwatch.watcher.report;

import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.watcher.events.MetadataStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How things stand, for {@code GET /maintenance} and {@code drainwatch status}. Members may be
 * added; readers ignore those they do not know.
 *
 * @param version of Drainwatch
 * @param at when this was put together; what is left of a time counts from here
 * @param vm empty until the daemon knows which machine it runs on
 * @param metadata empty when no daemon was asked
 * @param lastDocumentAt when the newest document that the core took in was read
 * @param incarnation of that document
 * @param eventsOfOtherVms in that document
 * @param recordFault why the record cannot be written; empty: it can
 * @param maintenance empty: none
 */
public record MaintenanceStatus(
    String version,
    Instant at,
    Optional<Vm> vm,
    Optional<Metadata> metadata,
    Optional<Instant> lastDocumentAt,
    OptionalLong incarnation,
    int eventsOfOtherVms,
    Optional<String> recordFault,
    Optional<EpisodeStatus> maintenance) {

  /** This machine. */
  public record Vm(String name, Optional<String> vmId, String bootId) {}

  /**
   * The metadata service.
   *
   * @param state WARMING, OK or DEGRADED
   * @param apiVersion asked for at the moment
   * @param versionConfirmed whether the service has answered for it
   */
  public record Metadata(
      String state, String apiVersion, boolean versionConfirmed, int failuresInARow) {
    static Metadata of(MetadataStatus status) {
      return new Metadata(
          status.state().name(),
          status.version(),
          status.versionConfirmed(),
          status.failuresInARow());
    }
  }

  /** Why an event of an episode is not acknowledged; empty: it may be, or it is. */
  public interface Refusals {
    Optional<String> of(Episode episode, TrackedEvent tracked);
  }

  /**
   * Pure; {@code metadata} is empty for a look into the journal without a daemon.
   *
   * @param refusals as the daemon's settings have it; without a daemon nothing can be said
   */
  public static MaintenanceStatus of(
      String version,
      Watch watch,
      Refusals refusals,
      Optional<MetadataStatus> metadata,
      Optional<String> recordFault,
      Instant now) {
    return new MaintenanceStatus(
        version,
        now,
        machine(watch).map(each -> new Vm(each.vmName(), each.vmId(), each.bootId())),
        metadata.map(Metadata::of),
        watch.newest().map(Document::readAt),
        watch.newest().map(Document::incarnation).orElse(OptionalLong.empty()),
        eventsOfOtherVms(watch),
        recordFault,
        watch.episode().map(episode -> EpisodeStatus.of(episode, refusals, now)));
  }

  /** The same without what changes all the time: ages, what is left of a time, counts. */
  public MaintenanceStatus atRest() {
    return new MaintenanceStatus(
        version,
        Instant.EPOCH,
        vm,
        metadata.map(each -> new Metadata(each.state(), "", each.versionConfirmed(), 0)),
        Optional.empty(),
        OptionalLong.empty(),
        eventsOfOtherVms,
        recordFault,
        maintenance.map(EpisodeStatus::atRest));
  }

  private static Optional<Machine> machine(Watch watch) {
    return watch.machine().or(() -> watch.episode().map(episode -> episode.machine()));
  }

  /** How many events of the newest document do not name this VM; 0 while it is not known. */
  public static int eventsOfOtherVms(Watch watch) {
    Optional<Machine> machine = watch.machine();
    Optional<Document> newest = watch.newest();
    if (machine.isEmpty() || newest.isEmpty()) {
      return 0;
    }
    String name = machine.get().vmName();
    return (int) newest.get().events().stream().filter(event -> !event.names(name)).count();
  }
}
