package io.drainwatch.drainer.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The way back of a Node (kubernetes-drain.md 14): the first two conditions lead to Running, all of
 * them to Uncordoned. Never gives up: a Node that never gets Ready stays cordoned, and people are
 * told.
 */
public final class Returning {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final int MOST_DOUBLINGS = 6;

  private Returning() {}

  /** From MaintenanceStarted, or after a cancellation, to Running. */
  public static ReturnStep toRunning(
      ReturnQuestion question, ReturnSettings settings, Instant now) {
    if (isGone(question)) {
      return new ReturnStep.NodeGone();
    }
    NodeFacts node = question.node().orElseThrow();
    List<String> why = new ArrayList<>();
    if (!question.eventsAreGone()) {
      why.add("an event for this VM is not known to be over");
    } else if (question.reboots()
        && question.mayHaveHappened()
        && !question.hasRebooted(node)
        && question.machineBootId().isEmpty()
        && !question.statusIsOfAfter(node)) {
      // "the same boot id" may only mean that the kubelet has not reported since
      why.add("the Node's status is not known to be of after the maintenance");
    }
    return why.isEmpty()
        ? new ReturnStep.Go(question.hasRebooted(node))
        : new ReturnStep.Wait(why, isLate(question, settings, now));
  }

  /** From Running to Uncordoned. */
  public static ReturnStep toUncordoned(
      ReturnQuestion question, ReadyWatch ready, ReturnSettings settings, Instant now) {
    if (isGone(question)) {
      return new ReturnStep.NodeGone();
    }
    NodeFacts node = question.node().orElseThrow();
    List<String> why = new ArrayList<>();
    if (!question.eventsAreGone()) {
      why.add("an event for this VM is not known to be over");
    }
    if (!node.readiness().ready()) {
      why.add("the Node is not Ready");
    } else if (!question.statusIsOfAfter(node)) {
      why.add("the Node is Ready, but no heartbeat of after the maintenance has come");
    } else if (!ready.isStable(settings.minReady(), now)) {
      why.add("the Node has not been Ready for " + settings.minReady().toSeconds() + " s yet");
    }
    if (!question.checksPass()) {
      why.add("health checks or hooks have not passed");
    }
    return why.isEmpty()
        ? new ReturnStep.Go(question.hasRebooted(node))
        : new ReturnStep.Wait(why, isLate(question, settings, now));
  }

  /** How long to wait before the restoring patch is tried again: 1 s doubling to 60 s. */
  public static Duration waitAfter(int failures) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static boolean isGone(ReturnQuestion question) {
    return question
        .node()
        .filter(node -> node.uid().equals(question.record().machine().nodeUid()))
        .isEmpty();
  }

  // not while the platform may still be at work: a maintenance may take its time
  private static boolean isLate(ReturnQuestion question, ReturnSettings settings, Instant now) {
    return question.eventsAreGone()
        && !now.isBefore(question.record().progress().since().plus(settings.alertAfter()));
  }
}
