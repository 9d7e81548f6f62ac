package io.drainwatch.watcher.fleetpage;

import io.drainwatch.drainer.fleet.NodeSight;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.maintenance.Timetable;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodework.NodeState;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a drain that is to come has not begun.
 *
 * @param until it begins then, as far as can be told; empty: when what holds it is over
 * @param atLatest it begins then whatever holds it: half of its notice is used up
 */
record Hold(Why why, Optional<Instant> until, Optional<Instant> atLatest) {

  enum Why {
    BUDGET("budget", "so many Nodes of its pool as may be are out of service"),
    OTHER_TOOL("another tool", "another tool is at work on the Node"),
    TIME("its time", "its event is far off, or its window is not open yet"),
    UNCORDONED("uncordoned", "somebody uncordoned the Node in mid-drain, which is respected");

    private final String word;
    private final String text;

    Why(String word, String text) {
      this.word = word;
      this.text = text;
    }

    String word() {
      return word;
    }

    String text() {
      return text;
    }
  }

  static Optional<Hold> of(NodeSight node, LifecycleSettings lifecycle, Instant now) {
    HeldBy told =
        node.work()
            .map(work -> work.terms().held())
            .filter(by -> by != HeldBy.NOTHING)
            .orElseGet(() -> recorded(node));
    return switch (told) {
      case BUDGET -> Optional.of(new Hold(Why.BUDGET, Optional.empty(), node.startsAnyway()));
      case WINDOW -> Optional.of(new Hold(Why.OTHER_TOOL, Optional.empty(), node.startsAnyway()));
      case FOREIGN_UNCORDON ->
          Optional.of(new Hold(Why.UNCORDONED, Optional.empty(), Optional.empty()));
      case NOTHING ->
          node.work()
              .flatMap(NodeState::episode)
              .filter(Hold::isStillToBegin)
              .flatMap(episode -> Timetable.drainDueAt(episode, lifecycle, now))
              .map(at -> new Hold(Why.TIME, Optional.of(at), Optional.empty()));
    };
  }

  private static boolean isStillToBegin(Episode episode) {
    return !episode.cancelled()
        && episode.held().isEmpty()
        && episode.drain().isOpen()
        && episode.cordon() == Episode.Step.NOT_BEGUN;
  }

  private static HeldBy recorded(NodeSight node) {
    boolean isUncordoned =
        node.work()
            .flatMap(NodeState::episode)
            .flatMap(Episode::held)
            .filter(Episode.Held.FOREIGN_UNCORDON::equals)
            .isPresent();
    if (isUncordoned) {
      return HeldBy.FOREIGN_UNCORDON;
    }
    // of before this process led, until it has looked at the Node itself
    return node.work().flatMap(NodeState::episode).isPresent()
        ? HeldBy.NOTHING
        : node.record().map(NodeRecord::progress).map(it -> it.held()).orElse(HeldBy.NOTHING);
  }
}
