package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.ObservationNote;
import io.drainwatch.drainer.nodes.ObservationNote.HookOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a watcher tells, built aloud. */
public final class Note {
  private final String vmName;
  private final Instant now;
  private String bootId;
  private final List<NodeEvent> events = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private ObservationNote.Health health = ObservationNote.Health.OK;
  private final List<String> gone = new ArrayList<>();
  private final List<ObservationNote.Ack> acks = new ArrayList<>();
  private final List<ObservationNote.HookNote> hooks = new ArrayList<>();

  private Note(String vmName, String bootId, Instant now) {
    this.vmName = vmName;
    this.bootId = bootId;
    this.now = now;
  }

  static Note of(String node, Instant now) {
    return new Note("vm-" + node, "boot-" + node + "-1", now);
  }

  public Note event(String id, String type, Instant notBefore) {
    return event(id, type, EventStatus.SCHEDULED, Optional.of(notBefore), vmName);
  }

  public Note started(String id, String type) {
    return event(id, type, EventStatus.STARTED, Optional.empty(), vmName);
  }

  public Note event(
      String id, String type, EventStatus status, Optional<Instant> notBefore, String... vms) {
    events.add(
        new NodeEvent(
            id, type, status, notBefore, EventSource.PLATFORM, List.of(vms), Optional.empty()));
    return this;
  }

  /** As a condition of the Node announces it. */
  public Note condition(String id, String type, Duration notice) {
    events.add(
        new NodeEvent(
            id,
            type,
            EventStatus.SCHEDULED,
            Optional.of(now.plus(notice)),
            EventSource.NODE_CONDITION,
            List.of(vmName),
            Optional.empty()));
    return this;
  }

  public Note health(ObservationNote.Health as) {
    health = as;
    return this;
  }

  public Note missing(String id) {
    missing.add(id);
    return this;
  }

  public Note gone(String id) {
    gone.add(id);
    return this;
  }

  public Note ack(String id, int status) {
    acks.add(new ObservationNote.Ack(id, now, status));
    return this;
  }

  public Note hook(String episode, String hook, HookOutcome outcome) {
    hooks.add(new ObservationNote.HookNote(episode, hook, outcome, now, ""));
    return this;
  }

  public Note boot(String id) {
    bootId = id;
    return this;
  }

  ObservationNote note() {
    return new ObservationNote(
        Optional.of("id-of-" + vmName),
        vmName,
        bootId,
        1,
        now,
        health,
        events,
        missing,
        gone,
        acks,
        hooks,
        0);
  }
}
