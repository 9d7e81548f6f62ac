package io.drainwatch.drainer.relay;

import io.drainwatch.drainer.fleet.FleetSettings;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.nodes.DrainNote;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.Marks;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodeReadiness;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.NodeRecordJson;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import io.drainwatch.drainer.nodes.ObservationReading;
import io.drainwatch.drainer.nodes.OutsideAck;
import io.drainwatch.drainer.nodes.OutsideAcks;
import io.drainwatch.drainer.nodes.Phase;
import io.drainwatch.drainer.nodes.Prior;
import io.drainwatch.drainer.nodes.Progress;
import io.drainwatch.drainer.nodes.RecordPatches;
import io.drainwatch.drainer.nodework.EpisodeOfRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A Node that is drained for event A, whose watcher has been silent for long; all can be bent. */
final class Lost {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final List<String> BOTH = List.of("vm-1", "vm-2");

  boolean hasRecord = true;
  boolean hasEpisode = true;
  boolean hasPrior = true;
  boolean hasNote = true;
  boolean cancelled;
  boolean coreHolds;
  boolean coreDrains;
  boolean unschedulable = true;
  boolean seenEmpty = true;
  boolean isTold = true;
  boolean ready = true;
  String id = "A";
  String recordedUid = "uid-1";
  String recordHolder = "a";
  String bootId = "boot-1";
  String type = "Reboot";
  String sentFor = "";
  MaintenanceState recorded = MaintenanceState.DRAINED;
  HeldBy heldBy = HeldBy.NOTHING;
  Health health = Health.OK;
  EventSource source = EventSource.PLATFORM;
  EventStatus told = EventStatus.SCHEDULED;
  Instant notBefore = NOW.plus(Duration.ofHours(1));
  List<String> resources = List.of("vm-1");
  List<String> recordedResources = List.of();
  List<String> drained = List.of("A");
  List<String> ackable = List.of("A");
  List<String> missing = List.of();
  List<String> gone = List.of();
  List<ObservationNote.Ack> acks = List.of();
  int more;
  Optional<String> sent = Optional.empty();
  Duration heardAgo = Duration.ofHours(1);
  Duration later = Duration.ZERO;
  private final Map<String, Set<String>> others = new HashMap<>();

  void names(String vm, Set<String> drainedThere) {
    resources = BOTH;
    others.put(vm, drainedThere);
  }

  void watcherSent(int status) {
    acks = List.of(new ObservationNote.Ack("a", NOW.minusSeconds(3600), status));
  }

  /** Now, and that was answered. */
  void sent(String holder, int tries, int status) {
    sent =
        Optional.of(
            text(OutsideAck.sending("A", NOW, tries, holder).answered(status, Optional.empty())));
  }

  String text(OutsideAck ack) {
    OutsideAcks acksSent =
        new OutsideAcks(sentFor.isEmpty() ? record().episode() : sentFor, List.of(ack));
    return RecordPatches.acknowledging(bare(Map.of()), acksSent)
        .annotations()
        .get(NodeKeys.ACKNOWLEDGED)
        .orElseThrow();
  }

  private NodeEvent event(EventStatus status) {
    return new NodeEvent(
        id, type, status, Optional.of(notBefore), source, resources, Optional.empty());
  }

  // what a drainer has recorded, where the watcher has told of more VMs since
  private NodeEvent recordedEvent() {
    return recordedResources.isEmpty()
        ? event(EventStatus.SCHEDULED)
        : new NodeEvent(
            "A",
            type,
            EventStatus.SCHEDULED,
            Optional.of(notBefore),
            source,
            recordedResources,
            Optional.empty());
  }

  NodeRecord record() {
    return new NodeRecord(
        "episode-1",
        new NodeMachine(recordedUid, Optional.empty(), "boot-1"),
        List.of(recordedEvent()),
        new Progress(
            recorded,
            Phase.ACKNOWLEDGING,
            NOW.minusSeconds(7200),
            Optional.of(NOW.minusSeconds(7300)),
            Optional.empty(),
            heldBy,
            Optional.empty()),
        "rule",
        hasPrior ? Marks.NONE.withCordon(true) : Marks.NONE,
        hasPrior ? Optional.of(new Prior(false, Optional.empty())) : Optional.empty(),
        new DrainNote(drained, ackable, new DrainNote.Counts(0, 0, 0, 0, 0), List.of(), 0),
        recordHolder,
        1);
  }

  ObservationNote note() {
    return new ObservationNote(
        Optional.of("id-1"),
        "vm-1",
        "boot-1",
        1,
        NOW.minusSeconds(3600),
        health,
        isTold ? List.of(event(told)) : List.of(),
        missing,
        gone,
        acks,
        List.of(),
        more);
  }

  private NodeFacts bare(Map<String, String> annotations) {
    return new NodeFacts(
        "n1",
        "uid-1",
        "7",
        unschedulable,
        Map.of(),
        annotations,
        List.of(),
        List.of(),
        new NodeReadiness(ready, Optional.empty(), Optional.empty()),
        bootId);
  }

  NodeFacts node() {
    Map<String, String> annotations = new HashMap<>();
    if (hasRecord) {
      annotations.put(NodeKeys.RECORD, NodeRecordJson.write(record()));
    }
    sent.ifPresent(text -> annotations.put(NodeKeys.ACKNOWLEDGED, text));
    return bare(annotations);
  }

  private Episode episode() {
    Episode episode =
        EpisodeOfRecord.of(
            record(), NoteRelay.machine(note()), false, id -> false, Policy.defaults(), NOW);
    return new Episode(
        episode.id(),
        episode.machine(),
        episode.begunAt(),
        episode.stamp(),
        coreDrains ? MaintenanceState.DRAINING : episode.state(),
        episode.entered(),
        episode.events(),
        episode.deadline(),
        episode.hooks(),
        episode.cordon(),
        episode.cordonOurs(),
        episode.owesUncordon(),
        episode.owesStart(),
        episode.evictions(),
        episode.uncordon(),
        episode.drain(),
        cancelled,
        episode.rebooted(),
        coreHolds ? Optional.of(Episode.Held.FOREIGN_UNCORDON) : episode.held(),
        episode.summarized());
  }

  LostWatcher decides() {
    return LostWatcher.of(
        new LostWatcher.Sight(
            node(),
            hasEpisode ? Optional.of(episode()) : Optional.empty(),
            new ObservationReading(
                hasNote ? Optional.of(note()) : Optional.empty(),
                Optional.empty(),
                NOW.minus(heardAgo)),
            "a",
            seenEmpty,
            new Lifecycle(FleetSettings.of(LifecycleSettings.defaults()).lifecycle())
                ::whyNotAcknowledged,
            vm -> Optional.ofNullable(others.get(vm))),
        NOW.plus(later));
  }
}
