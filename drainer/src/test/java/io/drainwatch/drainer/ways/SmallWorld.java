package io.drainwatch.drainer.ways;

import static java.util.stream.Collectors.toSet;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.ScheduledEvent;
import io.drainwatch.drainer.nodes.NodeKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Two events, a Node with two pods and a budget, the processes of one form, and what is under way
 * between them, as one value. Undisturbed, what was asked first is answered first, and time passes
 * only when nothing is under way.
 *
 * @param until when this way ends
 * @param spent what happens once at most, and did
 * @param twoLeadUntil the one that led before notices by then that its Lease ran out
 */
record SmallWorld(
    Form form,
    Instant now,
    SmallServer server,
    List<Ask.UnderWay> queue,
    Map<String, Side> sides,
    Azure azure,
    Instant until,
    Set<Spent> spent,
    Oracle oracle,
    Optional<Instant> twoLeadUntil)
    implements World {
  static final String VM = "vm-1";

  /** Enough for a way back into service. */
  private static final Duration FOLLOWED = Duration.ofSeconds(100);

  /** Processes at work look once a second; where that changes nothing they are let sleep. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(4);

  /** Of a Lease (kubernetes-drain.md 15). */
  private static final Duration LEASE = Duration.ofSeconds(15);

  /** What happens once at most. */
  enum Spent {
    CRASH,
    PERSON,
    BUDGET,
    LEADER
  }

  /** Of deployment. */
  enum Form {
    AGENT,
    CONTROLLER;

    private Map<String, Side> sides() {
      return switch (this) {
        case AGENT -> Map.of("agent", AgentSide.named("agent"));
        case CONTROLLER ->
            Map.of(
                "watcher",
                WatchersSide.anew(),
                "drainer",
                DrainersSide.named("drainer", Azure.START));
      };
    }

    /** Who reads the document, and has a journal. */
    String onTheMachine() {
      return this == AGENT ? "agent" : "watcher";
    }
  }

  SmallWorld {
    queue = List.copyOf(queue);
  }

  /** A Reboot is announced. */
  static SmallWorld of(Form form, Azure.Plot plot, Start start) {
    SmallWorld before =
        new SmallWorld(
            form,
            Azure.START,
            start.server(),
            List.of(),
            new TreeMap<>(form.sides()),
            Azure.of(plot),
            Azure.START.plus(FOLLOWED),
            Set.of(),
            start.oracle(),
            Optional.empty());
    return before
        .made(
            turn ->
                before
                    .sides
                    .keySet()
                    .forEach(
                        name ->
                            turn.let(name, side -> side.begins(turn, Optional.empty(), "boot-1"))))
        .world();
  }

  @Override
  public Optional<Step> next() {
    if (!queue.isEmpty()) {
      Ask.UnderWay head = queue.getFirst();
      Made made =
          made(
              turn -> {
                turn.queue.removeFirst();
                turn.handle(head);
              });
      return Optional.of(made.step(head.toString()));
    }
    return now.isBefore(until) ? passing(Duration.between(now, until)) : Optional.empty();
  }

  /** Time passes until something happens, but not more than this; empty: nothing ever will. */
  Optional<Step> passing(Duration most) {
    Instant end = now.plus(most);
    Duration sleep = Duration.ZERO;
    SmallWorld at = this;
    List<String> broken = new ArrayList<>();
    boolean isQuiet = true;
    while (isQuiet && at.now.isBefore(end)) {
      Optional<Instant> due = at.due(sleep, end);
      if (due.isEmpty()) {
        return Optional.empty();
      }
      SmallWorld before = at;
      Made made = at.at(due.get());
      broken.addAll(made.broken());
      at = made.world();
      isQuiet = broken.isEmpty() && !at.hasHappenedSince(before);
      sleep = at.sides.equals(before.sides) ? longer(sleep) : Duration.ZERO;
    }
    String when = "until " + Duration.between(Azure.START, at.now).toMillis() + " ms";
    return Optional.of(
        new Step(at, at.azure.equals(azure) ? when : when + ", " + at.azure, broken));
  }

  private static Duration longer(Duration sleep) {
    Duration twice = sleep.isZero() ? Duration.ofSeconds(1) : sleep.multipliedBy(2);
    return twice.compareTo(LONGEST_SLEEP) < 0 ? twice : LONGEST_SLEEP;
  }

  private boolean hasHappenedSince(SmallWorld before) {
    return !queue.equals(before.queue)
        || !server.pods().equals(before.server.pods())
        || !azure.events().equals(before.azure.events())
        || !episodes().equals(before.episodes());
  }

  private List<Optional<Episode>> episodes() {
    return sides.values().stream().map(Side::episode).toList();
  }

  private Optional<Instant> due(Duration sleep, Instant end) {
    Stream<Instant> ofSides =
        sides.values().stream()
            .flatMap(side -> side.wakeAt(now).stream())
            .map(at -> at.isBefore(now.plus(sleep)) ? now.plus(sleep) : at);
    Stream<Instant> lookAgain =
        isSomethingMissing() ? Stream.of(now.plus(longer(sleep))) : Stream.empty();
    return Stream.of(
            ofSides,
            server.nextDue().stream(),
            heartbeat().stream(),
            azure.due(),
            lookAgain,
            twoLeadUntil.stream())
        .flatMap(each -> each)
        .map(at -> at.isBefore(now) ? now : at)
        .min(Instant::compareTo)
        .map(at -> at.isAfter(end) ? end : at);
  }

  // documents are read each second, but matter only as long as somebody counts who is not in them
  private boolean isSomethingMissing() {
    Set<String> standing =
        azure.document(now).events().stream().map(ScheduledEvent::id).collect(toSet());
    Stream<String> tracked =
        sides.get(form.onTheMachine()).episode().stream()
            .flatMap(episode -> episode.events().stream())
            .filter(event -> !event.isGone())
            .map(event -> event.event().id());
    return Stream.concat(tracked, Oracle.eventsIn(server)).anyMatch(id -> !standing.contains(id));
  }

  private Optional<Instant> heartbeat() {
    return server.node().annotations().containsKey(NodeKeys.RECORD)
        ? server.node().readiness().heartbeat().map(at -> at.plus(SmallServer.HEARTBEAT))
        : Optional.empty();
  }

  private Made at(Instant moment) {
    boolean isToBeRead = azure.isDue(moment) || isSomethingMissing();
    boolean beats = heartbeat().filter(at -> !at.isAfter(moment)).isPresent();
    Azure then = azure.isDue(moment) ? azure.at(moment) : azure;
    Instant end = then.plot().equals(azure.plot()) ? until : moment.plus(FOLLOWED);
    return with(moment, then, end, spent)
        .made(
            turn -> {
              if (twoLeadUntil.filter(at -> !at.isAfter(moment)).isPresent()) {
                turn.ends("drainer");
              }
              turn.changed(turn.server.at(moment));
              if (beats) {
                turn.changed(turn.server.beating(moment, turn.server.node().bootId()));
              }
              if (then.hasRebootedSince(azure)) {
                reboots(turn);
              }
              sides.forEach(
                  (name, side) -> {
                    if (isToBeRead) {
                      turn.let(name, it -> it.reads(turn, then.document(moment)));
                    }
                    if (side.wakeAt(now).filter(at -> !at.isAfter(moment)).isPresent()) {
                      turn.let(name, it -> it.ticks(turn));
                    }
                  });
            });
  }

  /** The machine with all that runs on it. */
  void reboots(Turn turn) {
    String bootId = server.node().bootId() + "'";
    String name = form.onTheMachine();
    turn.changed(turn.server.beating(turn.now, bootId));
    turn.forget(name);
    turn.let(name, side -> side.begins(turn, side.episode(), bootId));
  }

  @Override
  public boolean isALandmark() {
    return queue.isEmpty()
        || !(queue.getFirst().ask() instanceof Ask.NodeNews
            || queue.getFirst().ask() instanceof Ask.PodNews);
  }

  @Override
  public List<Step> disturbances() {
    return new Disturbances(this).all();
  }

  @Override
  public List<String> wrongAtTheEnd() {
    List<String> wrong = azure.isOver() ? oracle.wrongAtTheEnd(server) : List.of();
    return wrong.isEmpty()
        ? wrong
        : Stream.concat(
                wrong.stream(),
                Stream.of("" + sides.keySet() + episodes() + server.node().annotations()))
            .toList();
  }

  // how a step is made

  /** The world after a deed, and what the deed broke. */
  private record Made(SmallWorld world, List<String> broken) {
    Step step(String what) {
      return new Step(world, what, broken);
    }
  }

  /**
   * Something that nobody expected.
   *
   * @param once what of it happens once at most
   */
  Step disturbed(String what, Set<Spent> once, Azure then, Consumer<Turn> deed) {
    Set<Spent> more = new TreeSet<>(spent);
    more.addAll(once);
    return with(now, then, now.plus(FOLLOWED), more).made(deed).step(what);
  }

  private SmallWorld with(Instant moment, Azure then, Instant end, Set<Spent> more) {
    return new SmallWorld(
        form, moment, server, queue, sides, then, end, more, oracle, twoLeadUntil);
  }

  private Made made(Consumer<Turn> deed) {
    Turn turn = new Turn(sides, queue, now, server, oracle);
    try {
      deed.accept(turn);
    } catch (RuntimeException e) {
      turn.broken.add(e + " at " + List.of(e.getStackTrace()).subList(0, 5));
    }
    return new Made(
        new SmallWorld(
            form,
            now,
            turn.server,
            turn.queue,
            turn.sides,
            azure,
            until,
            spent,
            turn.oracle,
            turn.sides.size() > 2
                ? twoLeadUntil.or(() -> Optional.of(now.plus(LEASE)))
                : Optional.empty()),
        turn.broken);
  }
}
