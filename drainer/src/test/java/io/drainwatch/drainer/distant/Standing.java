package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.maintenance.Acknowledgement;
import io.drainwatch.drainer.maintenance.Document;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookRun;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Peers;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.maintenance.Watch;
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
import io.drainwatch.drainer.nodes.OutsideAck;
import io.drainwatch.drainer.nodes.OutsideAcks;
import io.drainwatch.drainer.nodes.Phase;
import io.drainwatch.drainer.nodes.Prior;
import io.drainwatch.drainer.nodes.Progress;
import io.drainwatch.drainer.nodes.RecordPatches;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the core and the Node stand at one moment, for tables. */
public final class Standing {
  public static final Instant NOW = TwoSided.START;
  public static final String UID = "node-uid";

  public MaintenanceState state = MaintenanceState.DRAINING;
  public Episode.Step cordon = Episode.Step.DONE;
  public Episode.Step evictions = Episode.Step.NOT_BEGUN;
  public Episode.Step uncordon = Episode.Step.NOT_BEGUN;
  public Optional<Episode.Held> held = Optional.empty();
  public DrainResult drain = new DrainResult(DrainResult.Outcome.OPEN, "", List.of());
  public ScheduledEvent event = TwoSided.event("A", "Reboot", Duration.ofMinutes(15));
  public Policy policy = Policy.defaults();
  public int absentFrom;
  public final Map<Hook, HookRun> hooks = new HashMap<>();

  public boolean hasRecord = true;
  public boolean unschedulable = true;
  public boolean isCordonedByRecord = true;
  public String recordedId = "A";
  public EventSource recordedSource = EventSource.PLATFORM;
  public String recordedUid = UID;
  public Optional<String> recordedVmId = Optional.of("id-1");
  public MaintenanceState recorded = MaintenanceState.DRAINING;
  public Phase phase = Phase.EVICTING;
  public HeldBy heldBy = HeldBy.NOTHING;
  public List<String> drained = List.of();
  public List<String> ackable = List.of();
  public String version = "1";
  public String bootId = "boot-1";
  private Optional<String> acknowledged = Optional.empty();

  public Episode episode() {
    return new Episode(
        event.id() + "/" + TwoSided.VM,
        TwoSided.machine("boot-1"),
        NOW,
        NOW,
        state,
        enteredAt(NOW),
        List.of(
            new TrackedEvent(
                event,
                policy.ruleFor(event),
                NOW,
                false,
                event.notBefore(),
                Duration.ofSeconds(60),
                event.notBefore(),
                absentFrom,
                true,
                state == MaintenanceState.DRAINED,
                new Acknowledgement(0, false, false, Optional.empty()),
                1)),
        event.notBefore(),
        hooks,
        cordon,
        false,
        false,
        false,
        evictions,
        uncordon,
        drain,
        false,
        false,
        held,
        false);
  }

  // no state is entered without all before it
  private Map<MaintenanceState, Instant> enteredAt(Instant at) {
    return Stream.of(MaintenanceState.values())
        .filter(each -> each.compareTo(state) <= 0)
        .collect(Collectors.toMap(each -> each, each -> at));
  }

  public Watch watch() {
    return new Watch(
        Optional.of(TwoSided.machine("boot-1")),
        Optional.of(episode()),
        Peers.NONE,
        true,
        false,
        Optional.empty(),
        Optional.of(
            new Document(OptionalLong.of(7), absentFrom == 0 ? List.of(event) : List.of(), NOW)));
  }

  public NodeRecord record() {
    NodeEvent plain = NodeEvent.of(TwoSided.event(recordedId, "Reboot", Duration.ofMinutes(15)));
    NodeEvent of =
        new NodeEvent(
            plain.id(),
            plain.type(),
            plain.status(),
            plain.notBefore(),
            recordedSource,
            plain.resources(),
            plain.duration());
    return new NodeRecord(
        "hash",
        new NodeMachine(recordedUid, recordedVmId, "boot-1"),
        List.of(of),
        new Progress(
            recorded, phase, NOW, Optional.empty(), Optional.empty(), heldBy, Optional.empty()),
        "default Reboot",
        Marks.NONE,
        isCordonedByRecord ? Optional.of(new Prior(false, Optional.empty())) : Optional.empty(),
        new DrainNote(drained, ackable, new DrainNote.Counts(0, 0, 0, 0, 0), List.of(), 0),
        "drainer-1",
        1);
  }

  /** By a drainer that took the watcher for lost. */
  void acceptedOutside(String eventId) {
    OutsideAck accepted =
        OutsideAck.sending(eventId, NOW, 1, "drainer-1").answered(200, Optional.empty());
    acknowledged =
        RecordPatches.acknowledging(node(), new OutsideAcks(record().episode(), List.of(accepted)))
            .annotations()
            .get(NodeKeys.ACKNOWLEDGED);
  }

  private Map<String, String> annotations() {
    Map<String, String> all = new HashMap<>();
    if (hasRecord) {
      all.put(NodeKeys.RECORD, NodeRecordJson.write(record()));
    }
    acknowledged.ifPresent(text -> all.put(NodeKeys.ACKNOWLEDGED, text));
    return all;
  }

  public NodeFacts node() {
    return new NodeFacts(
        TwoSided.NODE,
        UID,
        version,
        unschedulable,
        Map.of(),
        annotations(),
        List.of(),
        List.of(),
        NodeReadiness.UNKNOWN,
        bootId);
  }

  public NodeReading reading() {
    return new NodeReading.Found(node());
  }
}
