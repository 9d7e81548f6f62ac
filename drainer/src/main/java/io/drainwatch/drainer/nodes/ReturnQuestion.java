package io.drainwatch.drainer.nodes;

import java.util.Optional;

/**
 * What the return of a Node is decided by.
 *
 * @param node empty: 404
 * @param machineBootId told by the watcher on the machine itself; empty when it is not heard of.
 *     The Node's own may still be that of before the reboot
 * @param eventsAreGone no event for the VM in two valid documents in a row
 * @param mayHaveHappened an event was seen Started, or we acknowledged one
 * @param reboots one of these events is of a type that reboots
 * @param checksPass health checks and the hooks of the return exited 0
 */
public record ReturnQuestion(
    Optional<NodeFacts> node,
    NodeRecord record,
    Optional<String> machineBootId,
    boolean eventsAreGone,
    boolean mayHaveHappened,
    boolean reboots,
    boolean checksPass) {

  /** The boot id changed since the episode began. */
  boolean hasRebooted(NodeFacts facts) {
    String before = record.machine().bootId();
    return !before.isBlank()
        && (isAnother(facts.bootId(), before)
            || machineBootId.filter(id -> isAnother(id, before)).isPresent());
  }

  /** The kubelet wrote the Node's status after the maintenance. */
  boolean statusIsOfAfter(NodeFacts facts) {
    boolean statusKnowsTheBoot =
        machineBootId.map(id -> id.isBlank() || id.equals(facts.bootId())).orElse(true);
    if (!statusKnowsTheBoot) {
      return false;
    }
    return !mayHaveHappened
        || isAnother(facts.bootId(), record.machine().bootId())
        || record
            .progress()
            .heartbeat()
            .flatMap(noted -> facts.readiness().heartbeat().map(noted::isBefore))
            .orElse(false);
  }

  private static boolean isAnother(String bootId, String before) {
    return !bootId.isBlank() && !before.isBlank() && !bootId.equals(before);
  }
}
