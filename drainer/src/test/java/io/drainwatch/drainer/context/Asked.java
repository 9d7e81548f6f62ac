package io.drainwatch.drainer.context;

import io.drainwatch.drainer.context.ContextQuestion.KnownGroup;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A question to the mapper that reads aloud; begins as the examples' Reboot of west_0. */
final class Asked {
  static final String EVENT_ID = "C7061BAC-AFDC-4513-B24B-AA5F13A16123";
  static final Instant STARTED_AT = Instant.parse("2026-04-11T22:12:01Z");
  static final String CONTEXT_FILE = "/var/lib/drainwatch/context/west_0.json";

  private String type = "Reboot";
  private String eventId = EVENT_ID;
  private EventSource source = EventSource.PLATFORM;
  private String description = "";
  private List<String> resources = List.of("west_0");
  private Optional<Duration> duration = Optional.empty();
  private Optional<Instant> notBefore = Optional.of(Instant.parse("2026-04-11T22:26:58Z"));
  private Optional<Instant> deadline = Optional.of(Instant.parse("2026-04-11T22:25:58Z"));
  private Optional<String> raw = Optional.empty();
  private boolean firstSeenAsStarted;
  private EventPhase status = EventPhase.SCHEDULED;
  private Hook hook = Hook.DRAIN;
  private MaintenanceState stage = MaintenanceState.DRAINING;
  private boolean checkStatus;
  private boolean dryRun;
  private Duration timeout = Duration.ofSeconds(600);
  private String self = "west_0";
  private Optional<KnownGroup> group = Optional.empty();

  private String vm = "west_0";
  private Optional<String> evictionPolicy = Optional.empty();
  private Optional<String> scaleSet = Optional.empty();
  private Optional<String> zone = Optional.of("2");
  private List<VmFacts.Disk> disks = List.of(osDisk(false), dataDisk(), tempDisk());

  private ContextSettings.Redeploy redeploy = ContextSettings.Redeploy.RECREATE;
  private NextState.Disk terminateDisks = NextState.Disk.DELETED;
  private NextState.Deployment deployment = NextState.Deployment.UPDATED;
  private boolean replacement;
  private boolean rawEvent;
  private List<String> jobs = List.of("etcd");
  private int maximumInlineBytes = ContextSettings.MAXIMUM_INLINE_BYTES;

  static Asked about(String type) {
    Asked asked = new Asked();
    asked.type = type;
    return asked;
  }

  /** What the column of the specification's table is about. */
  static Asked about(EventColumn column) {
    return switch (column) {
      case FREEZE -> about("Freeze");
      case REBOOT -> about("Reboot");
      case REDEPLOY -> about("Redeploy");
      case PREEMPT_DEALLOCATE -> about("Preempt").evictionPolicy("Deallocate");
      case PREEMPT_DELETE -> about("Preempt").evictionPolicy("Delete");
      case TERMINATE -> about("Terminate");
      case UNKNOWN -> about("Relocate");
    };
  }

  static VmFacts.Disk osDisk(boolean ephemeral) {
    return disk("west_0_OsDisk", VmFacts.Disk.Kind.OS, OptionalInt.empty(), 30720, ephemeral);
  }

  static VmFacts.Disk dataDisk() {
    return disk("data0", VmFacts.Disk.Kind.PERSISTENT, OptionalInt.of(0), 102400, false);
  }

  static VmFacts.Disk tempDisk() {
    return disk("resource", VmFacts.Disk.Kind.EPHEMERAL, OptionalInt.empty(), 16384, true);
  }

  private static VmFacts.Disk disk(
      String name, VmFacts.Disk.Kind kind, OptionalInt lun, long sizeMb, boolean ephemeral) {
    return new VmFacts.Disk(name, kind, lun, OptionalLong.of(sizeMb), ephemeral);
  }

  Asked eventId(String id) {
    eventId = id;
    return this;
  }

  Asked source(EventSource who) {
    source = who;
    return this;
  }

  Asked description(String text) {
    description = text;
    return this;
  }

  Asked naming(String... vms) {
    return naming(Arrays.asList(vms));
  }

  Asked naming(List<String> vms) {
    resources = vms;
    return this;
  }

  Asked lasting(Duration length) {
    duration = Optional.of(length);
    return this;
  }

  Asked due(Optional<Instant> moment, Optional<Instant> end) {
    notBefore = moment;
    deadline = end;
    return this;
  }

  Asked due(String moment, String end) {
    return due(Optional.of(Instant.parse(moment)), Optional.of(Instant.parse(end)));
  }

  Asked raw(String json) {
    raw = Optional.of(json);
    rawEvent = true;
    return this;
  }

  Asked withoutRawEvent() {
    rawEvent = false;
    return this;
  }

  Asked firstSeenAsStarted() {
    firstSeenAsStarted = true;
    status = EventPhase.STARTED;
    return this;
  }

  Asked status(EventPhase phase) {
    status = phase;
    return this;
  }

  Asked in(Hook called, MaintenanceState state) {
    hook = called;
    stage = state;
    return this;
  }

  Asked again() {
    checkStatus = true;
    return this;
  }

  Asked dryRun() {
    dryRun = true;
    return this;
  }

  Asked timeout(long seconds) {
    timeout = Duration.ofSeconds(seconds);
    return this;
  }

  Asked on(String ownName) {
    self = ownName;
    return this;
  }

  Asked of(String vmName) {
    vm = vmName;
    return this;
  }

  Asked group(int size, String... members) {
    group =
        Optional.of(
            new KnownGroup(
                OptionalInt.of(size),
                Arrays.stream(members)
                    .map(name -> new KnownGroup.Member(name, Optional.empty()))
                    .toList()));
    return this;
  }

  Asked group(KnownGroup known) {
    group = Optional.of(known);
    return this;
  }

  Asked evictionPolicy(String policy) {
    evictionPolicy = Optional.of(policy);
    return this;
  }

  Asked scaleSet(String name) {
    scaleSet = Optional.of(name);
    return this;
  }

  Asked zone(String name) {
    zone = Optional.of(name);
    return this;
  }

  Asked disks(VmFacts.Disk... all) {
    disks = List.of(all);
    return this;
  }

  Asked redeployKeeps() {
    redeploy = ContextSettings.Redeploy.KEEP;
    return this;
  }

  Asked terminateDisks(NextState.Disk state) {
    terminateDisks = state;
    return this;
  }

  Asked deploymentDeleted() {
    deployment = NextState.Deployment.DELETED;
    return this;
  }

  Asked replacement() {
    replacement = true;
    return this;
  }

  Asked jobs(String... names) {
    jobs = List.of(names);
    return this;
  }

  Asked maximumInlineBytes(int bytes) {
    maximumInlineBytes = bytes;
    return this;
  }

  ContextQuestion question() {
    ScheduledEvent event =
        new ScheduledEvent(
            eventId,
            true,
            type,
            status == EventPhase.SCHEDULED ? EventStatus.SCHEDULED : EventStatus.STARTED,
            source,
            "VirtualMachine",
            resources,
            notBefore,
            duration,
            description,
            raw);
    return new ContextQuestion(
        eventId + "/" + vm,
        new DrainContext.Invocation(hook, stage, 1, checkStatus, dryRun, STARTED_AT, timeout),
        new ContextQuestion.Occasion(
            event, status, firstSeenAsStarted, notBefore, deadline, OptionalLong.of(2)),
        self,
        group);
  }

  VmFacts facts() {
    return new VmFacts(
        vm,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        evictionPolicy,
        scaleSet,
        zone,
        disks);
  }

  ContextSettings settings() {
    return new ContextSettings(
        redeploy,
        terminateDisks,
        deployment,
        Optional.empty(),
        replacement,
        jobs,
        rawEvent,
        maximumInlineBytes);
  }

  DrainContext context() {
    return ContextMapping.map(question(), facts(), settings());
  }

  Effects effects() {
    return ContextMapping.effects(question(), facts(), settings());
  }

  Map<String, String> variables() {
    return DrainVariables.of(
        context(), Optional.of(CONTEXT_FILE), STARTED_AT, settings().maximumInlineBytes());
  }
}
