package io.drainwatch.watcher.simulator.platform;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.watcher.simulator.platform.SimulatedChange.EventAcknowledged;
import io.drainwatch.watcher.simulator.platform.SimulatedChange.EventCancelled;
import io.drainwatch.watcher.simulator.platform.SimulatedChange.EventGone;
import io.drainwatch.watcher.simulator.platform.SimulatedChange.EventScheduled;
import io.drainwatch.watcher.simulator.platform.SimulatedChange.EventStarted;
import io.drainwatch.watcher.simulator.platform.SimulatedChange.VmBack;
import io.drainwatch.watcher.simulator.platform.SimulatedChange.VmGone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The VMs of one placement group and the scheduled events that all of them see. Immutable: {@link
 * #at} and the orders give the platform as it is afterwards.
 *
 * <p>Every change has its own moment, so it does not matter how often {@link #at} is asked: what
 * falls due is carried out in the order of time, each with its own step of the incarnation. A clock
 * that goes back takes nothing back.
 *
 * @param events in the document, in the order they were published
 * @param ended the last ones that left it, newest last
 * @param absences the VMs that are not there
 */
public record SimulatedPlatform(
    List<SimulatedVm> vms,
    List<SimulatedEvent> events,
    List<SimulatedEvent> ended,
    List<Absence> absences,
    long incarnation) {

  private static final int ENDED_KEPT = 100;

  /** A VM that is not there; without a time it does not come back by itself. */
  public record Absence(String vm, Optional<Instant> backAt) {}

  private enum Turn {
    VM_BACK,
    END,
    CANCEL,
    START
  }

  private record Due(Instant at, Turn turn, String of) {}

  public SimulatedPlatform {
    vms = List.copyOf(vms);
    events = List.copyOf(events);
    ended = List.copyOf(ended);
    absences = List.copyOf(absences);
  }

  /** All VMs there, no events, the first incarnation. */
  public static SimulatedPlatform of(List<SimulatedVm> vms) {
    return new SimulatedPlatform(vms, List.of(), List.of(), List.of(), 1);
  }

  /** The next moment at which something happens by itself. */
  public Optional<Instant> nextChange() {
    return nextDue().map(Due::at);
  }

  /** Carries out what has fallen due. */
  public Outcome.Done at(Instant now) {
    SimulatedPlatform platform = this;
    List<SimulatedChange> changes = new ArrayList<>();
    Optional<Due> due = nextDue();
    while (due.isPresent() && !due.get().at().isAfter(now)) {
      Outcome.Done step = platform.carryOut(due.get());
      changes.addAll(step.changes());
      platform = step.platform();
      due = platform.nextDue();
    }
    return new Outcome.Done(platform, changes);
  }

  /** Publishes an event; one that starts at once is never Scheduled. */
  public Outcome schedule(EventPlan plan, String id, List<String> resources, Instant now) {
    if (Stream.concat(events.stream(), ended.stream())
        .anyMatch(event -> event.id().equalsIgnoreCase(id))) {
      return new Outcome.Impossible("the id " + id + " is in use, and ids are never used again");
    }
    SimulatedEvent event = SimulatedEvent.scheduled(id, plan, resources, now);
    List<SimulatedEvent> longer = new ArrayList<>(events);
    longer.add(event);
    if (plan.startsAtOnce()) {
      // the step from nothing to Started is one change of the document
      Outcome.Done started = withEvents(longer).start(event, now);
      return started.platform().afterwards(started.changes(), now);
    }
    return withEvents(longer).counted().afterwards(List.of(new EventScheduled(now, event)), now);
  }

  /**
   * Acknowledges for all VMs that the events name. All ids must be in the document: with one that
   * is not, none counts (not documented; so no test can rely on half a request).
   */
  public Outcome acknowledge(List<String> ids, String by, Instant now) {
    List<SimulatedChange> changes = new ArrayList<>();
    SimulatedPlatform platform = this;
    for (String id : ids) {
      Optional<SimulatedEvent> found = find(id);
      if (found.isEmpty()) {
        return new Outcome.Unknown(id);
      }
      // found in this, but replaced in platform: the same id may stand twice in one request
      SimulatedEvent event = platform.find(id).orElseThrow();
      if (!event.isAcknowledged()) {
        SimulatedEvent acknowledged = event.acknowledged(now);
        platform = platform.replaced(acknowledged);
        changes.add(new EventAcknowledged(now, acknowledged, by));
      }
    }
    return platform.afterwards(changes, now);
  }

  public Outcome cancel(String event, Instant now) {
    return change(event, now, Turn.CANCEL);
  }

  public Outcome startNow(String event, Instant now) {
    return change(event, now, Turn.START);
  }

  /** Ends a started event; one still Scheduled starts and ends in the same moment. */
  public Outcome endNow(String event, Instant now) {
    Optional<SimulatedEvent> found = find(event);
    if (found.isPresent() && found.get().isScheduled() && !found.get().plan().isAdvice()) {
      Outcome.Done started = start(found.get(), now);
      SimulatedEvent startedEvent = started.platform().find(found.get().id()).orElseThrow();
      Outcome.Done gone = started.platform().end(startedEvent, now);
      List<SimulatedChange> changes = new ArrayList<>(started.changes());
      changes.addAll(gone.changes());
      return gone.platform().afterwards(changes, now);
    }
    return change(event, now, Turn.END);
  }

  public SimulatedPlatform withIncarnation(long number) {
    return new SimulatedPlatform(vms, events, ended, absences, number);
  }

  /** The newest event of this id or handle that is in the document. */
  public Optional<SimulatedEvent> find(String idOrName) {
    return events.reversed().stream().filter(event -> event.isCalled(idOrName)).findFirst();
  }

  public boolean isPresent(String vm) {
    return absences.stream().noneMatch(absence -> absence.vm().equalsIgnoreCase(vm));
  }

  private Outcome change(String idOrName, Instant now, Turn turn) {
    Optional<SimulatedEvent> found = find(idOrName);
    if (found.isEmpty()) {
      return new Outcome.Unknown(idOrName);
    }
    SimulatedEvent event = found.get();
    boolean possible =
        switch (turn) {
          case CANCEL -> event.isScheduled();
          case START -> event.isScheduled() && !event.plan().isAdvice();
          case END -> event.isStarted() || event.plan().isAdvice();
          case VM_BACK -> false;
        };
    if (!possible) {
      return new Outcome.Impossible(
          event.plan().type() + " " + event.id() + " is " + event.stage().word());
    }
    Outcome.Done done = carryOut(new Due(now, turn, event.id()));
    return done.platform().afterwards(done.changes(), now);
  }

  private Outcome.Done afterwards(List<SimulatedChange> before, Instant now) {
    Outcome.Done rest = at(now);
    List<SimulatedChange> changes = new ArrayList<>(before);
    changes.addAll(rest.changes());
    return new Outcome.Done(rest.platform(), changes);
  }

  private Optional<Due> nextDue() {
    Stream<Due> returns =
        absences.stream()
            .flatMap(
                absence ->
                    absence.backAt().map(at -> new Due(at, Turn.VM_BACK, absence.vm())).stream());
    return Stream.concat(returns, events.stream().flatMap(this::duesOf))
        .min(Comparator.comparing(Due::at).thenComparing(Due::turn));
  }

  private Stream<Due> duesOf(SimulatedEvent event) {
    return Stream.of(
            event.endDue().map(at -> new Due(at, Turn.END, event.id())),
            event.cancelDue().map(at -> new Due(at, Turn.CANCEL, event.id())),
            startDue(event).map(at -> new Due(at, Turn.START, event.id())))
        .flatMap(Optional::stream);
  }

  /** The approval or NotBefore, whichever is first; pending deletes wait for each other. */
  private Optional<Instant> startDue(SimulatedEvent event) {
    if (!event.isScheduled()) {
      return Optional.empty();
    }
    return earliest(
        event.approvedFrom().map(own -> latestOfDeletes(event, own)), event.notBefore());
  }

  /** Section 6: an acknowledged delete goes when the other one is acknowledged or timed out. */
  private Instant latestOfDeletes(SimulatedEvent event, Instant own) {
    if (event.plan().kind() != EventKind.TERMINATE) {
      return own;
    }
    return events.stream()
        .filter(other -> other.isScheduled() && other.plan().kind() == EventKind.TERMINATE)
        .flatMap(other -> earliest(other.approvedFrom(), other.notBefore()).stream())
        .reduce(own, (one, two) -> one.isAfter(two) ? one : two);
  }

  private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> two) {
    return Stream.of(one, two).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  private Outcome.Done carryOut(Due due) {
    if (due.turn() == Turn.VM_BACK) {
      return vmBack(due);
    }
    SimulatedEvent event = find(due.of()).orElseThrow();
    return switch (due.turn()) {
      case END -> end(event, due.at());
      case CANCEL -> {
        SimulatedEvent cancelled = event.cancelled(due.at());
        yield new Outcome.Done(
            without(cancelled), List.of(new EventCancelled(due.at(), cancelled)));
      }
      case START -> start(event, due.at());
      case VM_BACK -> throw new IllegalStateException("no event comes back");
    };
  }

  private Outcome.Done end(SimulatedEvent event, Instant at) {
    SimulatedEvent gone = event.gone(at);
    return new Outcome.Done(without(gone), List.of(new EventGone(at, gone)));
  }

  private Outcome.Done start(SimulatedEvent event, Instant at) {
    SimulatedEvent started = event.started(at);
    List<SimulatedChange> changes = new ArrayList<>();
    changes.add(new EventStarted(at, started));
    List<Absence> away = new ArrayList<>(absences);
    Optional<Optional<Instant>> backAt =
        switch (event.plan().impact()) {
          case Impact.Stays() -> Optional.empty();
          case Impact.Returns(var after) -> Optional.of(Optional.of(at.plus(after)));
          case Impact.Gone() -> Optional.of(Optional.empty());
        };
    if (backAt.isPresent()) {
      for (SimulatedVm vm : vms) {
        if (event.resources().stream().anyMatch(vm.name()::equalsIgnoreCase)) {
          boolean wasThere = isPresent(vm.name());
          boolean forGood = backAt.get().isEmpty();
          if (wasThere || forGood) {
            // a VM that is down for a reboot can still be deleted, but not brought back by one
            away.removeIf(absence -> absence.vm().equals(vm.name()));
            away.add(new Absence(vm.name(), backAt.get()));
          }
          if (wasThere) {
            changes.add(new VmGone(at, vm.name(), event.id()));
          }
        }
      }
    }
    SimulatedPlatform after = replaced(started).counted();
    return new Outcome.Done(
        new SimulatedPlatform(after.vms, after.events, after.ended, away, after.incarnation),
        changes);
  }

  private Outcome.Done vmBack(Due due) {
    List<Absence> away =
        absences.stream().filter(absence -> !absence.vm().equals(due.of())).toList();
    return new Outcome.Done(
        new SimulatedPlatform(vms, events, ended, away, incarnation),
        List.of(new VmBack(due.at(), due.of())));
  }

  private SimulatedPlatform without(SimulatedEvent event) {
    List<SimulatedEvent> kept = new ArrayList<>(ended);
    kept.add(event);
    if (kept.size() > ENDED_KEPT) {
      kept.removeFirst();
    }
    return new SimulatedPlatform(
        vms,
        events.stream().filter(other -> !other.id().equals(event.id())).toList(),
        kept,
        absences,
        incarnation + 1);
  }

  private SimulatedPlatform replaced(SimulatedEvent event) {
    return withEvents(
        events.stream().map(other -> other.id().equals(event.id()) ? event : other).toList());
  }

  private SimulatedPlatform withEvents(List<SimulatedEvent> changed) {
    return new SimulatedPlatform(vms, changed, ended, absences, incarnation);
  }

  private SimulatedPlatform counted() {
    return withIncarnation(incarnation + 1);
  }
}
