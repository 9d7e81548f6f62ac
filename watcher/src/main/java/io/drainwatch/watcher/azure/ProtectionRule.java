package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.RecordReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the instance of a Node is to be protected from scale-in, and what is to be done next for
 * it. Pure.
 *
 * <ol>
 *   <li>While the Node's record says Cordoned or Draining: the instance is looked at. One that
 *       somebody else protects is left alone.
 *   <li>Then the Node is marked, then Azure is asked to protect it: whoever finds the mark knows
 *       that it may be ours (write-ahead).
 *   <li>Afterwards, and wherever a mark is found without a drain: Azure is asked to undo it, and
 *       only then the mark goes.
 * </ol>
 *
 * Switched off, it still does the last of these. Not for a Terminate or Preempt: that instance
 * goes, whoever protects it from what.
 */
final class ProtectionRule {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final int MOST_DOUBLINGS = 10;

  private ProtectionRule() {}

  /** What is to be done next. */
  enum Step {
    NOTHING,
    /** Is it protected already? If not, mark. */
    LOOK_AND_MARK,
    PROTECT,
    UNPROTECT
  }

  /**
   * What this process knows of the protection of one instance.
   *
   * @param leftTo an episode for which it is left as it is: somebody else protects it
   * @param protectedFor the episode for which it is known to be protected
   * @param failures in a row
   * @param notBefore of the next try
   */
  record Known(
      Optional<String> leftTo, Optional<String> protectedFor, int failures, Instant notBefore) {
    static final Known NOTHING = new Known(Optional.empty(), Optional.empty(), 0, Instant.MIN);

    Known leftTo(String episode) {
      return new Known(Optional.of(episode), Optional.empty(), 0, Instant.MIN);
    }

    Known protectedFor(String episode) {
      return new Known(Optional.empty(), Optional.of(episode), 0, Instant.MIN);
    }

    Known countedAnew() {
      return new Known(leftTo, protectedFor, 0, Instant.MIN);
    }

    Known clockStepped(Duration by) {
      return failures == 0 ? this : new Known(leftTo, protectedFor, failures, notBefore.plus(by));
    }

    /** 15 s, doubling to 10 min; longer where Azure asks for it. */
    Known failed(Instant now, Optional<Duration> asked) {
      Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
      Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      Duration wait = asked.filter(it -> it.compareTo(bounded) > 0).orElse(bounded);
      return new Known(leftTo, protectedFor, failures + 1, now.plus(wait));
    }
  }

  /** The instance of a Uniform scale set that the Node is; empty: there is nothing to protect. */
  static Optional<ResourceId> instance(NodeFacts node) {
    return ResourceId.parse(node.providerId()).filter(id -> id.kind() == ResourceId.Kind.INSTANCE);
  }

  /** For which episode the Node is being drained. */
  static Optional<String> drainedFor(NodeFacts node) {
    NodeMachine machine = new NodeMachine(node.uid(), Optional.empty(), node.bootId());
    return RecordReading.of(node, machine) instanceof RecordReading.Resume resume
            && isDraining(resume.record())
            && node.unschedulable()
        ? Optional.of(resume.record().episode())
        : Optional.empty();
  }

  private static boolean isDraining(NodeRecord record) {
    MaintenanceState state = record.progress().state();
    return (state == MaintenanceState.CORDONED || state == MaintenanceState.DRAINING)
        && record.prior().isPresent()
        && record.progress().held() == HeldBy.NOTHING
        && record.events().stream()
            .map(event -> EventKind.of(event.type()))
            .noneMatch(kind -> kind == EventKind.TERMINATE || kind == EventKind.PREEMPT);
  }

  static boolean isMarked(NodeFacts node) {
    return node.annotations().containsKey(NodeKeys.PROTECTED);
  }

  /**
   * Whether anything is to be done now or later.
   *
   * @param protects false: it is switched off, and only what is marked is undone
   */
  static boolean concerns(NodeFacts node, boolean protects) {
    return isMarked(node)
        || (protects && instance(node).isPresent() && drainedFor(node).isPresent());
  }

  /**
   * @param protects as for {@link #concerns}
   */
  static Step next(NodeFacts node, Known known, boolean protects) {
    Optional<String> episode = protects ? drainedFor(node) : Optional.empty();
    boolean marked = isMarked(node);
    if (instance(node).isEmpty()) {
      return Step.NOTHING; // the mark tells of no instance that could be named
    }
    if (episode.isEmpty()) {
      return marked ? Step.UNPROTECT : Step.NOTHING;
    }
    if (!marked) {
      return known.leftTo().equals(episode) ? Step.NOTHING : Step.LOOK_AND_MARK;
    }
    return known.protectedFor().equals(episode) ? Step.NOTHING : Step.PROTECT;
  }
}
