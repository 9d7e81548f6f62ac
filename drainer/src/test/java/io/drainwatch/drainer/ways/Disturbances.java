package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.ways.SmallWorld.Form;
import io.drainwatch.drainer.ways.SmallWorld.Spent;
import io.drainwatch.drainer.ways.World.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What may get in between in a small world. */
final class Disturbances {
  private static final Duration STALL = Duration.ofSeconds(3);
  private static final Duration DEAFNESS = Duration.ofMillis(1_500);

  private final SmallWorld world;
  private final SmallServer server;
  private final List<Step> all = new ArrayList<>();

  Disturbances(SmallWorld world) {
    this.world = world;
    server = world.server();
  }

  List<Step> all() {
    events();
    slowness();
    world.sides().keySet().forEach(this::lateWords);
    if (!world.spent().contains(Spent.BUDGET)) {
      once(
          server.budgetOpen() ? "the budget is used up" : "the budget opens",
          Spent.BUDGET,
          turn -> turn.server = turn.server.withBudgetOpen(!turn.server.budgetOpen()));
    }
    if (!world.spent().contains(Spent.PERSON)) {
      person();
    }
    if (!world.spent().contains(Spent.CRASH)) {
      world.sides().keySet().forEach(this::crash);
    }
    if (world.form() == Form.CONTROLLER) {
      leaders();
    }
    return all;
  }

  private void once(String what, Spent spent, Consumer<Turn> deed) {
    all.add(world.disturbed(what, Set.of(spent), world.azure(), deed));
  }

  private void events() {
    for (Azure next : world.azure().moves(world.now())) {
      all.add(
          world.disturbed(
              next.toString(),
              Set.of(),
              next,
              turn -> {
                if (next.hasRebootedSince(world.azure())) {
                  world.reboots(turn);
                }
                for (String name : world.sides().keySet()) {
                  turn.let(name, side -> side.reads(turn, next.document(turn.now)));
                }
              }));
    }
  }

  private void slowness() {
    if (world.queue().size() > 1) {
      all.add(
          world.disturbed(
              "late: " + world.queue().getFirst(),
              Set.of(),
              world.azure(),
              turn -> turn.queue.add(turn.queue.removeFirst())));
    }
    if (!world.queue().isEmpty()) {
      world
          .passing(STALL)
          .ifPresent(
              step -> all.add(new Step(step.world(), "unanswered " + step.what(), step.broken())));
    }
  }

  private void lateWords(String name) {
    for (Ears.Ear ear : Ears.Ear.values()) {
      if (world.sides().get(name).ears().isOpen(ear)) {
        all.add(
            world.disturbed(
                "the " + ear.name().toLowerCase(Locale.ROOT) + " of " + name + " hears late",
                Set.of(),
                world.azure(),
                turn -> turn.let(name, side -> side.deaf(ear, turn.now.plus(DEAFNESS)))));
      }
    }
  }

  private void person() {
    boolean isCordoned = server.node().unschedulable();
    once(
        isCordoned ? "somebody uncordons" : "somebody cordons",
        Spent.PERSON,
        turn -> {
          turn.changed(turn.server.cordoned(!isCordoned));
          turn.oracle = turn.oracle.withForeign(!isCordoned);
        });
    once(
        "somebody binds a pod to the Node",
        Spent.PERSON,
        turn -> turn.changed(turn.server.withPod(SmallPod.named("late"))));
    if (server.node().annotations().containsKey(NodeKeys.RECORD)) {
      once(
          "somebody takes the record away",
          Spent.PERSON,
          turn -> {
            turn.changed(turn.server.withoutAnnotation(NodeKeys.RECORD));
            turn.oracle = turn.oracle.withRecordLost();
          });
      once(
          "somebody makes the Node anew, record and all",
          Spent.PERSON,
          turn -> {
            turn.changed(turn.server.recreated());
            turn.oracle = turn.oracle.ofAnotherNode();
          });
    }
  }

  private void crash(String name) {
    Optional<Episode> journal = world.sides().get(name).episode();
    boolean hasAnEffect = asked(name).filter(underWay -> underWay.ask().isAnEffect()).isPresent();
    crash(name, "dies and knows nothing any more", Optional.empty(), false);
    if (hasAnEffect) {
      crash(
          name,
          "dies and knows nothing any more, but what it asked for is done",
          Optional.empty(),
          true);
    }
    if (name.equals(world.form().onTheMachine())) {
      crash(name, "dies and has its journal", journal, false);
      all.add(
          world.disturbed(
              "the machine reboots",
              Set.of(Spent.CRASH),
              world.azure().readAnew(world.now()),
              world::reboots));
      if (hasAnEffect) {
        crash(name, "dies and has its journal; what it asked for is done", journal, true);
      }
    }
  }

  private Optional<Ask.UnderWay> asked(String name) {
    return world.queue().stream().filter(each -> each.process().equals(name)).findFirst();
  }

  private void crash(String name, String how, Optional<Episode> journal, boolean isDone) {
    all.add(
        world.disturbed(
            name + " " + how,
            Set.of(Spent.CRASH),
            world.azure().readAnew(world.now()),
            turn -> {
              if (isDone) {
                turn.done(asked(name).orElseThrow().ask());
              }
              turn.forget(name);
              turn.let(name, side -> side.begins(turn, journal, server.node().bootId()));
            }));
  }

  private void leaders() {
    boolean areTwo = world.sides().size() > 2;
    if (!areTwo && !world.spent().contains(Spent.LEADER)) {
      once("another leads too", Spent.LEADER, Disturbances::another);
      once(
          "another leads instead",
          Spent.LEADER,
          turn -> {
            turn.ends("drainer");
            another(turn);
          });
    } else if (areTwo) {
      onlyOneLeads("drainer", turn -> turn.ends("drainer"));
      // whose Lease ran out unnoticed leads again in a term of its own (LeaseRule)
      onlyOneLeads(
          "drainer-2",
          turn -> {
            turn.ends("drainer-2");
            turn.ends("drainer");
            begins(turn, "drainer");
          });
    }
  }

  private void onlyOneLeads(String other, Consumer<Turn> how) {
    all.add(world.disturbed(other + " leads no more", Set.of(), world.azure(), how));
  }

  private static void another(Turn turn) {
    begins(turn, "drainer-2");
  }

  private static void begins(Turn turn, String name) {
    turn.sides.put(name, DrainersSide.named(name, turn.now));
    turn.let(name, side -> side.begins(turn, Optional.empty(), ""));
  }
}
