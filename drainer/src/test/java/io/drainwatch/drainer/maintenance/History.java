package io.drainwatch.drainer.maintenance;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens to one machine, made up from a seed: how it is set up, and one thing after another.
 * Each move carries its own dice, so that leaving one out does not change the others.
 */
record History(long seed, List<Move> moves) {

  record Move(Kind kind, long dice) {}

  /** What can happen, and how often it does. */
  enum Kind {
    POLL(34),
    WAIT(22),
    EVENT_COMES(7),
    EVENT_STARTS(5),
    EVENT_GOES(6),
    EVENT_IS_BACK(3),
    EVENT_MOVES(3),
    EVENT_IS_ODD(1),
    ALL_GONE(1),
    EMPTY_ANSWER(3),
    EMPTY_RUN(1),
    ERROR(3),
    STALE_DOCUMENT(2),
    KILL(3),
    DIE_IN_A_STEP(3),
    REBOOT(2),
    BECOME_ANOTHER(1),
    DISK(2),
    APPROVALS(2),
    CLOCK(2),
    CLOCK_WHILE_DOWN(1),
    SOMEONE_UNCORDONS(2),
    SOMEONE_CORDONS(1),
    PODS_APPEAR(2),
    NODE_IS_MADE_ANEW(2),
    NODE_IS_GONE(1),
    DRAIN_BY_HAND(1),
    RESUME(2),
    EVICTIONS(2),
    GROUP(2),
    MACHINE_IS_FOUND(1);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }

  static History of(long seed, int length) {
    SplittableRandom dice = new SplittableRandom(seed);
    List<Move> moves = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      moves.add(new Move(kind(dice), dice.nextLong()));
    }
    return new History(seed, List.copyOf(moves));
  }

  private static Kind kind(SplittableRandom dice) {
    int all = 0;
    for (Kind kind : Kind.values()) {
      all += kind.weight;
    }
    int pick = dice.nextInt(all);
    for (Kind kind : Kind.values()) {
      pick -= kind.weight;
      if (pick < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("unreachable");
  }

  History without(int from, int to) {
    List<Move> fewer = new ArrayList<>(moves.subList(0, from));
    fewer.addAll(moves.subList(to, moves.size()));
    return new History(seed, fewer);
  }
}
