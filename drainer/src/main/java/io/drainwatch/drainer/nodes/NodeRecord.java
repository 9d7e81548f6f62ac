package io.drainwatch.drainer.nodes;

import java.util.List;
import java.util.Optional;

/**
 * The record of an episode on a Node (kubernetes-drain.md 2): the durable journal there, and all
 * that a successor goes on from.
 *
 * @param episode see {@link EpisodeHash}
 * @param events at least the first
 * @param policy name of the rule in force
 * @param prior empty until the cordon
 * @param holder who writes it; a writer that lost a conflict looks here
 * @param attempt counts the drains of this episode
 */
public record NodeRecord(
    String episode,
    NodeMachine machine,
    List<NodeEvent> events,
    Progress progress,
    String policy,
    Marks did,
    Optional<Prior> prior,
    DrainNote drain,
    String holder,
    int attempt) {

  /** Version of the record's JSON. */
  public static final int VERSION = 1;

  private static final int MOST_NAME_CHARACTERS = 128;
  private static final int MOST_HOLDER_CHARACTERS = 256;

  public NodeRecord {
    episode = NodeText.plain(episode, MOST_NAME_CHARACTERS);
    policy = NodeText.plain(policy, MOST_NAME_CHARACTERS);
    holder = NodeText.plain(holder, MOST_HOLDER_CHARACTERS);
    events = List.copyOf(events);
    if (episode.isBlank() || events.isEmpty()) {
      throw new IllegalArgumentException("an episode has an id and begins with an event");
    }
    if (did.cordon() && prior.map(Prior::unschedulable).orElse(true)) {
      throw new IllegalArgumentException("a cordon is ours only on a Node that was seen without");
    }
  }

  /** The record of a new episode; nothing is touched yet. */
  public static NodeRecord begun(
      NodeMachine machine,
      List<NodeEvent> events,
      Progress progress,
      String policy,
      String holder) {
    return new NodeRecord(
        EpisodeHash.of(machine, events.getFirst().id()),
        machine,
        events,
        progress,
        policy,
        Marks.NONE,
        Optional.empty(),
        DrainNote.EMPTY,
        holder,
        1);
  }

  /** Of the annotation and the local journal: of the same episode the one that is further. */
  public static NodeRecord newer(NodeRecord annotation, NodeRecord journal) {
    if (!annotation.episode.equals(journal.episode)) {
      return annotation;
    }
    int attempts = Integer.compare(journal.attempt, annotation.attempt);
    boolean journalIsFurther =
        attempts > 0
            || (attempts == 0 && journal.progress.since().isAfter(annotation.progress.since()));
    return journalIsFurther ? journal : annotation;
  }

  public NodeRecord with(Progress changed) {
    return new NodeRecord(
        episode, machine, events, changed, policy, did, prior, drain, holder, attempt);
  }

  public NodeRecord with(DrainNote changed) {
    return new NodeRecord(
        episode, machine, events, progress, policy, did, prior, changed, holder, attempt);
  }

  public NodeRecord withEvents(List<NodeEvent> changed) {
    return new NodeRecord(
        episode, machine, changed, progress, policy, did, prior, drain, holder, attempt);
  }

  public NodeRecord with(Marks changed) {
    return with(changed, prior);
  }

  NodeRecord with(Marks changed, Optional<Prior> changedPrior) {
    return new NodeRecord(
        episode, machine, events, progress, policy, changed, changedPrior, drain, holder, attempt);
  }

  /** Another process, or the same started again, goes on with the episode. */
  public NodeRecord takenOverBy(String newHolder) {
    return new NodeRecord(
        episode, machine, events, progress, policy, did, prior, drain, newHolder, attempt);
  }

  /** Somebody uncordoned: from here on no cordon on the Node is ours, until we make a new one. */
  public NodeRecord uncordonedByOthers() {
    return with(did.withCordon(false), Optional.empty())
        .with(progress.heldBy(HeldBy.FOREIGN_UNCORDON));
  }

  /** A new event or a person asks for the drain again: what was held goes on. */
  public NodeRecord drainedAgain() {
    return new NodeRecord(
        episode,
        machine,
        events,
        progress.heldBy(HeldBy.NOTHING),
        policy,
        did,
        prior,
        drain,
        holder,
        attempt + 1);
  }
}
