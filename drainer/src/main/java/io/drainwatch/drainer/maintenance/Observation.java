package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the shell learned. Only these change the state of a maintenance. */
public sealed interface Observation {

  /** A valid document was read. */
  record DocumentRead(Document document) implements Observation {}

  /** 200 without a body: no news, unless the run of them lasts (lifecycle.md, "Empty answers"). */
  record EmptyAnswer() implements Observation {}

  /**
   * Conditions of the Node were read because the metadata service is out of reach. No document:
   * begins and ends only what conditions told of, never what a document did (I10).
   *
   * @param events that the conditions tell of now; none: they say that there is none
   */
  record NodeConditionsRead(List<ScheduledEvent> events) implements Observation {
    public NodeConditionsRead {
      events = List.copyOf(events);
      for (ScheduledEvent event : events) {
        if (event.source() != EventSource.NODE_CONDITION || event.hasPlatformId()) {
          throw new IllegalArgumentException("not told of by a condition: " + event.id());
        }
      }
    }
  }

  /**
   * Who is in this machine's group, by whoever can see the others: the Nodes of a cluster, or the
   * scale set. All of them, this machine among them or not; what cannot be seen is not reported.
   */
  record GroupSeen(List<GroupMember> members) implements Observation {
    public GroupSeen {
      members = List.copyOf(members);
    }
  }

  /** Anything else came back, or nothing: never "no events" (I10). */
  record ReadFailed() implements Observation {}

  /** Nothing but time passed. */
  record Tick() implements Observation {}

  /**
   * The machine's clock was set by so much; negative: back. Folded before anything else is with the
   * new time, so that no delay is taken for over, or for an hour longer, in between.
   */
  record ClockStepped(Duration by) implements Observation {}

  /**
   * The daemon runs on this machine; the first observation after a start. May come again when more
   * is known of the machine, which begins nothing anew.
   */
  record DaemonStarted(Machine machine) implements Observation {}

  /** The episode as it stands when this is folded is on disk. */
  record Recorded() implements Observation {}

  /**
   * The episode could not be written. What follows from this very observation is not tried to be
   * written again; the next one is.
   *
   * @param unsent ids of events whose acknowledgement was therefore not sent
   */
  record NotRecorded(String reason, List<String> unsent) implements Observation {
    public NotRecorded {
      unsent = List.copyOf(unsent);
    }
  }

  /**
   * No new work comes in.
   *
   * @param ours whether it was us who made it so; false: someone had before
   */
  record CordonDone(boolean ours) implements Observation {}

  /** The scripts of a hook, row by row; scripts of one row run at the same time. */
  record HookListed(Hook hook, List<List<PlannedScript>> rows) implements Observation {
    public HookListed {
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  record ScriptEnded(Hook hook, String script, int attempt, ScriptOutcome outcome)
      implements Observation {}

  /**
   * The evictions are through. Not said of evictions that were stopped.
   *
   * @param left what is still there and why; empty when complete
   */
  record EvictionsEnded(List<String> left) implements Observation {
    public EvictionsEnded {
      left = List.copyOf(left);
    }
  }

  /** What was ours is undone. */
  record UncordonDone() implements Observation {}

  record AcknowledgeAnswered(String eventId, Answer answer, Optional<Duration> retryAfter)
      implements Observation {
    /** What came back. */
    public enum Answer {
      ACCEPTED,
      REFUSED,
      /** It may or may not have counted. */
      UNCLEAR
    }
  }

  /**
   * An acknowledgement did not leave the machine: whoever drains the Node does not allow it yet
   * (kubernetes-drain.md 13, {@code ackable}). It is asked for again once {@link
   * AcknowledgeAllowed} says so; now and then before that, should the word be lost.
   */
  record AcknowledgeWithheld(String eventId) implements Observation {}

  /**
   * The document, read once more right before the POST, does not name the event as Scheduled, or
   * could not be read: nothing left the machine. Tried again in a second, if it still stands then.
   */
  record AcknowledgeUnconfirmed(String eventId) implements Observation {}

  /** What was withheld may leave now. */
  record AcknowledgeAllowed(String eventId) implements Observation {}

  /**
   * The Node is another object than the one that was cordoned, or carries nothing of ours any more:
   * it is to be cordoned and emptied anew. Hooks that are through stay through: the machine is the
   * same. After {@link NodeGone}: there is a Node again.
   *
   * @param drainWasTold the record of the one that was may have called something drained, so that
   *     somebody may have gone ahead by it
   */
  record NodeReplaced(boolean drainWasTold) implements Observation {}

  /** There is no such Node any more, and there has been none for a while. */
  record NodeGone() implements Observation {}

  /** By whoever can tell from outside: the machine is off or deleted ({@link MachineFate}). */
  record MachineFound(MachineFate fate) implements Observation {}

  /**
   * Someone else uncordoned the node in mid-drain. Also said right after a start, where the record
   * calls the cordon ours and the node is not cordoned.
   *
   * @param episode id of the episode whose cordon it was: said late, it says nothing of the next
   */
  record ForeignUncordon(String episode) implements Observation {}

  /**
   * {@code drainwatch drain}.
   *
   * @param type what to treat it as, for the drain context
   * @param within the drain must be over by then; empty: no deadline
   */
  record OperatorDrain(String requestId, String type, Optional<Duration> within)
      implements Observation {}

  /** {@code drainwatch resume}: ends the operator's own drain, and only that. */
  record OperatorResume() implements Observation {}

  /**
   * Pods that have to go are there although the end of the evictions was said (kubernetes-drain.md
   * 12): what is drained and not acknowledged is not drained any more.
   */
  record PodsAppeared(List<String> pods) implements Observation {
    public PodsAppeared {
      pods = List.copyOf(pods);
    }
  }

  /**
   * Somebody else acknowledged the event in place of this machine, or may have: one that vanishes
   * now has run.
   */
  record AcknowledgedElsewhere(String eventId) implements Observation {}

  /**
   * A record of this machine stands on its Node, and nothing else is remembered of it
   * (kubernetes-drain.md 2, rule 5).
   */
  record RecordFound(Episode episode) implements Observation {}
}
